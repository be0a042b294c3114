package io.tare.probe;

import java.time.Duration;

/** One collection: whether the program stood still for it, how long it took, and the heap in use before and after. */
public record GcEvent(String collector, String cause, boolean pause, Duration duration, Heap heap) {

  /** Heap in use before and after the collection. */
  public record Heap(long beforeBytes, long afterBytes) {}
}
