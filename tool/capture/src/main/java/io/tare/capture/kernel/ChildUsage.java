package io.tare.capture.kernel;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What the children of this process that have ended used, by the kernel's own count ({@code getrusage}): the heaviest one's peak, and
 * the processor time of all.
 *
 * @param peakBytes of the heaviest child, or of one that it waited for itself; the most so far, never less than before
 * @param cpuNanos of all together
 */
public record ChildUsage(long peakBytes, long cpuNanos) {
  private static final long CHILDREN = -1;
  /** Two times of two numbers each, the peak in KB, and 13 more numbers. */
  private static final long STRUCTURE_BYTES = 144;
  private static final int USER = 0;
  private static final int SYSTEM = 2;
  private static final int PEAK_KB = 4;

  /** As it is now. */
  public static ChildUsage now() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment usage = room(arena);
      SystemCall.GETRUSAGE.call(CHILDREN, usage.address()).orThrow("cannot ask what children used");
      return in(usage);
    }
  }

  /** Room for what the kernel answers. */
  static MemorySegment room(Arena arena) {
    return arena.allocate(STRUCTURE_BYTES, Long.BYTES);
  }

  /** What it answered. */
  static ChildUsage in(MemorySegment usage) {
    return new ChildUsage(usage.getAtIndex(ValueLayout.JAVA_LONG, PEAK_KB) * 1024,
        nanos(usage, USER) + nanos(usage, SYSTEM));
  }

  private static long nanos(MemorySegment usage, int at) {
    return usage.getAtIndex(ValueLayout.JAVA_LONG, at) * 1_000_000_000L
        + usage.getAtIndex(ValueLayout.JAVA_LONG, at + 1) * 1000L;
  }
}
