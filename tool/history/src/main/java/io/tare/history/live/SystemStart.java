package io.tare.history.live;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** When the machine started: start times of processes are counted from there. */
final class SystemStart {
  private static final long MILLIS_PER_TICK = 10;

  private SystemStart() {}

  /** Which run of the machine this is; empty where the kernel does not tell. */
  static String boot() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id"), StandardCharsets.US_ASCII).strip();
    } catch (IOException hidden) {
      return "";
    }
  }

  /** The wall clock's time of so many ticks after the start. */
  static long wallMillis(long ticks) {
    try {
      String uptime = Files.readString(Path.of("/proc/uptime"), StandardCharsets.US_ASCII);
      double seconds = Double.parseDouble(uptime.substring(0, uptime.indexOf(' ')));
      return System.currentTimeMillis() - (long) (seconds * 1000) + ticks * MILLIS_PER_TICK;
    } catch (IOException | NumberFormatException | IndexOutOfBoundsException hidden) {
      return 0;
    }
  }
}
