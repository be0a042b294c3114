package io.tare.model.jvm;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One event of a collection log that says something of memory or of time.
 *
 * @param at the wall clock, where the log has it
 * @param uptimeSeconds since the start of the JVM, where the log has it
 * @param number of the collection that it belongs to
 * @param what as the log names it: {@code Pause Young (Normal)}
 * @param cause {@code G1 Evacuation Pause}; empty where none is told
 * @param heap the heap before and after; empty for events that only take time
 * @param pauseMillis how long the program stood still; empty for concurrent work
 */
public record GcEvent(Optional<Instant> at, OptionalDouble uptimeSeconds, long number, Sort sort, String what,
    String cause, Optional<Heap> heap, OptionalDouble pauseMillis) {

  /** Heap in use before and after, and what was committed. */
  public record Heap(long beforeBytes, long afterBytes, OptionalLong committedBytes) {
    public long freedBytes() {
      return Math.max(0, beforeBytes - afterBytes);
    }
  }

  /** What an event means for the heap's floor. */
  public enum Sort {
    /** Collected young objects only, or a part of the old ones; the floor after it may hold old garbage. */
    PARTIAL,
    /** Looked at the whole heap, and freed what it found. */
    WHOLE,
    /** Looked at the whole heap; the collections that follow free what it found. */
    MARKED,
    /** Only takes time. */
    PAUSE
  }
}
