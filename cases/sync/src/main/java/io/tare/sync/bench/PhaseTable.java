package io.tare.sync.bench;

import java.util.Locale;

/** Phase results as lines of a table for people. */
public final class PhaseTable {
  private static final double MEGABYTE = 1 << 20;
  private static final String ROW = "%-10s %12s %9s %9s %12s %12s %10s %10s %9s %10s %10s %10s %7s";

  private PhaseTable() {}

  public static String header() {
    return String.format(Locale.ROOT, ROW, "phase", "files", "seconds", "cpu s", "files/s", "files/cpu s", "heap peak",
        "after GC", "B/file", "RssAnon", "RssFile", "file", "growth");
  }

  public static String row(PhaseResult result) {
    return String.format(Locale.ROOT, ROW, result.phase(), count(result.files()),
        seconds(result.times().elapsedNanos()), seconds(result.times().cpuNanos()),
        count((long) result.filesPerSecond()),
        count((long) result.filesPerCpuSecond()), megabytes(result.memory().heap().peakBytes()),
        megabytes(result.memory().heap().afterGcBytes()),
        String.format(Locale.ROOT, "%.1f", result.allocatedBytesPerFile()), megabytes(result.memory().rssAnonBytes()),
        megabytes(result.memory().rssFileBytes()), megabytes(result.file().bytesAfter()),
        growth(result.file()));
  }

  /** A file that was all but empty did not grow by a factor. */
  private static String growth(PhaseResult.FileGrowth file) {
    return file.bytesBefore() < MEGABYTE ? "new" : String.format(Locale.ROOT, "%.2fx", file.factor());
  }

  static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / MEGABYTE);
  }

  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.2f", nanos / 1e9);
  }
}
