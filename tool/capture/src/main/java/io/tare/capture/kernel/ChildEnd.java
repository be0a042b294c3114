package io.tare.capture.kernel;

import io.tare.capture.kernel.LibC.Answer;
import io.tare.capture.kernel.LibC.Errno;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * How one child ended, and what it and those that it waited for itself used, by the kernel's own count ({@code wait4}).
 *
 * @param exitValue its exit code, or 128 and the number of the signal that ended it
 * @param peakBytes the most that was resident at once, of the heaviest of them
 * @param cpuNanos of all of them together
 */
public record ChildEnd(int exitValue, long peakBytes, long cpuNanos) {
  private static final int SIGNALLED_FROM = 128;

  /** Waits for this child, which must be one of this process, and collects it: from then on its pid may be another's. */
  public static ChildEnd await(long pid) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment status = arena.allocate(ValueLayout.JAVA_INT);
      MemorySegment usage = ChildUsage.room(arena);
      Answer waited = wait(pid, status, usage);
      while (waited.failed() && waited.errno() == Errno.EINTR) {
        waited = wait(pid, status, usage);
      }
      waited.orThrow("cannot wait for process " + pid);
      return of(status.get(ValueLayout.JAVA_INT, 0), ChildUsage.in(usage));
    }
  }

  private static Answer wait(long pid, MemorySegment status, MemorySegment usage) throws IOException {
    return SystemCall.WAIT4.call(pid, status.address(), 0, usage.address());
  }

  static ChildEnd of(int status, ChildUsage used) {
    int signal = status & 0x7f;
    int value = signal == 0 ? status >> 8 & 0xff : SIGNALLED_FROM + signal;
    return new ChildEnd(value, used.peakBytes(), used.cpuNanos());
  }
}
