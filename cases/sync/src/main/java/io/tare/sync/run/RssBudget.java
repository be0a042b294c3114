package io.tare.sync.run;

import io.tare.sync.state.StateCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Keeps the process below so much RSS. Its heap, code and stacks have bounds of their own; what grows with the number of files is the
 * state file, mapped. Its pages are given back when they make the process too large: the kernel keeps them as cache as long as it
 * likes, and no limit of memory counts them against the process.
 */
public record RssBudget(StateCache cache, long mostBytes) {
  /** Between two looks a commit's pages come in; there has to be room for them. */
  private static final long NUMERATOR = 3;
  private static final long DENOMINATOR = 4;
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int BYTES_PER_KILOBYTE = 1024;

  /** To be called behind each commit. */
  void keep() {
    if (status("VmRSS:").orElse(0) > mostBytes * NUMERATOR / DENOMINATOR) {
      try {
        cache.releaseMappedPages();
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
  }

  /** The most that this process had resident so far; empty where the kernel does not tell. */
  public static OptionalLong peakBytes() {
    return status("VmHWM:");
  }

  /** A line is {@code VmRSS:	   68636 kB}. */
  private static OptionalLong status(String key) {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(key)) {
          String digits = line.substring(key.length()).replace("kB", "").strip();
          return OptionalLong.of(Long.parseLong(digits) * BYTES_PER_KILOBYTE);
        }
      }
    } catch (IOException | NumberFormatException notTold) {
      return OptionalLong.empty();
    }
    return OptionalLong.empty();
  }
}
