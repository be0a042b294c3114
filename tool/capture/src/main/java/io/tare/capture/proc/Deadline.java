package io.tare.capture.proc;

import java.time.Duration;

/** A moment after which nothing new is begun. */
public final class Deadline {
  private final long atNanos;
  private final Duration budget;

  private Deadline(long atNanos, Duration budget) {
    this.atNanos = atNanos;
    this.budget = budget;
  }

  public static Deadline in(Duration budget) {
    return new Deadline(System.nanoTime() + budget.toNanos(), budget);
  }

  public boolean isOver() {
    return System.nanoTime() - atNanos >= 0;
  }

  /** Why something was left out, in words. */
  public String note() {
    return "the time budget of " + budget.toMillis() + " ms was used up";
  }
}
