package io.tare.probe.allocation;

import java.util.Locale;

/**
 * What a call allocates once it is warm. {@code bytesPerCall} is the mean of the quietest batch of calls, so that a stray
 * class load does not count; it is not whole when only some calls allocate. {@code uncompiledBytes} is what a call allocated
 * right after its first one, {@code firstCallBytes} what the first one did, class loading and linking included.
 */
public record SteadyAllocation(double bytesPerCall, long uncompiledBytes, long firstCallBytes, Calls calls) {

  /** How many calls went into the warm-up and into the measurement. */
  public record Calls(long warmUp, long measured) {}

  /** Bytes per call that compilation did away with (escape analysis); 0 when there were none. */
  public double removedByJitBytes() {
    return Math.max(0, uncompiledBytes - bytesPerCall);
  }

  /** One sentence for people, with what the JIT did. */
  @Override
  public String toString() {
    String removed = removedByJitBytes() > 0
        ? "uncompiled it was " + uncompiledBytes + " B: the JIT removed " + number(removedByJitBytes())
            + " B by escape analysis"
        : "the same before compilation, as far as the calls were not compiled already";
    return number(bytesPerCall) + " B per call after " + calls.warmUp() + " calls (" + removed + ")";
  }

  private static String number(double bytes) {
    return bytes == Math.rint(bytes) ? Long.toString((long) bytes) : String.format(Locale.ROOT, "%.3f", bytes);
  }
}
