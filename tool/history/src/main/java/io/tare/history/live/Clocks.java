package io.tare.history.live;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Times that the kernel counts: of this process, and of the machine. The JDK's own counters would load half of its management classes. */
public final class Clocks {
  private static final Path THREAD = Path.of("/proc/thread-self/schedstat");
  private static final Path PROCESS = Path.of("/proc/self/stat");
  private static final Path UPTIME = Path.of("/proc/uptime");
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final long MILLIS_PER_TICK = 10;
  private static final int USER_TICKS = 11;

  private Clocks() {}

  /** What this thread has used, in nanoseconds; the time of the clock, where the kernel does not count. */
  static long threadNanos() {
    try {
      String counters = Files.readString(THREAD, StandardCharsets.US_ASCII);
      return Long.parseLong(counters.substring(0, counters.indexOf(' ')));
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException notCounted) {
      return System.nanoTime();
    }
  }

  /** What this process has used, all its threads; 0 where that can't be read. */
  public static long processMillis() {
    try {
      String stat = Files.readString(PROCESS, StandardCharsets.UTF_8);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", USER_TICKS + 3);
      return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1])) * MILLIS_PER_TICK;
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException notCounted) {
      return 0;
    }
  }

  /** Which run of the machine this is; empty where the kernel does not tell. */
  public static String boot() {
    try {
      return Files.readString(BOOT, StandardCharsets.US_ASCII).strip();
    } catch (IOException hidden) {
      return "";
    }
  }

  /** The wall clock's time of so many ticks after the machine started: start times of processes are counted from there. */
  public static long wallMillis(long ticks) {
    try {
      String uptime = Files.readString(UPTIME, StandardCharsets.US_ASCII);
      double seconds = Double.parseDouble(uptime.substring(0, uptime.indexOf(' ')));
      return System.currentTimeMillis() - (long) (seconds * 1000) + ticks * MILLIS_PER_TICK;
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException hidden) {
      return 0;
    }
  }
}
