package io.tare.history.live;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the recorder itself costs. The JDK's own counters would load half of its management classes. */
final class ProcessorTime {
  private static final Path THREAD = Path.of("/proc/thread-self/schedstat");
  private static final Path PROCESS = Path.of("/proc/self/stat");
  private static final long MILLIS_PER_TICK = 10;
  private static final int USER_TICKS = 11;

  private ProcessorTime() {}

  /** Of this thread, in nanoseconds; of the clock, where the kernel does not count. */
  static long threadNanos() {
    try {
      String counters = Files.readString(THREAD, StandardCharsets.US_ASCII);
      return Long.parseLong(counters.substring(0, counters.indexOf(' ')));
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException notCounted) {
      return System.nanoTime();
    }
  }

  /** Of this process, all its threads; 0 where that can't be read. */
  static long processMillis() {
    try {
      String stat = Files.readString(PROCESS, StandardCharsets.UTF_8);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", USER_TICKS + 3);
      return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1])) * MILLIS_PER_TICK;
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException notCounted) {
      return 0;
    }
  }
}
