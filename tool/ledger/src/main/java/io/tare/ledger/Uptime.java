package io.tare.ledger;

import io.tare.model.capture.ArtifactNames;
import java.util.OptionalLong;

/** How long the process has been running at the moment of the reading. */
public final class Uptime {
  /** {@code USER_HZ}: the unit of start times in /proc, 100 on every Linux that HotSpot runs on. */
  private static final long TICKS_PER_SECOND = 100;

  private Uptime() {}

  /** From {@code /proc/uptime} and the start time; empty when either is unknown. */
  public static OptionalLong millis(Evidence evidence) {
    String machine = evidence.capture().text(ArtifactNames.UPTIME).orElse("").strip();
    long start = evidence.capture().target().startTicks();
    int blank = machine.indexOf(' ');
    try {
      double seconds = Double.parseDouble(blank < 0 ? machine : machine.substring(0, blank));
      return OptionalLong.of(Math.max(0, (long) (seconds * 1000) - start * 1000 / TICKS_PER_SECOND));
    } catch (NumberFormatException unknown) {
      return OptionalLong.empty();
    }
  }
}
