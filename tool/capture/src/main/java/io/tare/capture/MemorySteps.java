package io.tare.capture;

import java.util.List;

/** The one list of what is read out of a target's memory, in order. */
public final class MemorySteps {
  public static final List<MemoryStep> ALL = List.of();

  private MemorySteps() {}
}
