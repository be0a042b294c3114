package io.tare.capture.memory;

import java.time.Duration;

/** How much may be taken from a process's memory before the reader stops asking. */
public record ReadBudget(long bytes, Duration time) {
  public static final ReadBudget DEFAULT = new ReadBudget(512L << 20, Duration.ofSeconds(5));
}
