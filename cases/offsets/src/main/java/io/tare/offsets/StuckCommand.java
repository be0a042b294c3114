package io.tare.offsets;

import io.tare.offsets.tracker.OffsetTracker;
import io.tare.offsets.tracker.Variant;
import io.tare.probe.MemoryStats;
import io.tare.probe.marks.Marks;
import java.io.PrintStream;
import java.util.Locale;

/** The first message is stuck: all behind it are done, and none of them can be committed. */
final class StuckCommand {
  private StuckCommand() {}

  static int run(Variant variant, int messages, PrintStream out) {
    long emptyBytes = liveBytes();
    OffsetTracker tracker = variant.create(0, messages);
    for (long offset = 0; offset < messages; offset++) {
      if (!tracker.append(offset)) {
        throw new IllegalStateException("the window is full at " + offset);
      }
      if (offset > 0) {
        tracker.done(offset);
      }
      if (offset % 1_000_000 == 0) {
        Marks.at("STUCK", offset);
      }
    }
    long stuckAt = tracker.commitNextToRead();
    long grownBytes = liveBytes() - emptyBytes;
    Marks.at("STUCK", messages);
    boolean refused = !tracker.append(messages + 1_000L);
    out.printf(Locale.ROOT, "%s: %,d messages behind a stuck one; the heap grew by %,d bytes, %.2f a message%n",
        variant.label(), messages, grownBytes, (double) grownBytes / messages);
    out.println(refused
        ? "and the next one beyond the window is held back: memory stays as it is"
        : "and the next one is taken as well: there is no end to it");
    tracker.done(0);
    out.printf(Locale.ROOT, "next to read: %,d while stuck, %,d when it is done%n", stuckAt,
        tracker.commitNextToRead());
    return Offsets.FINE;
  }

  private static long liveBytes() {
    System.gc();
    System.gc();
    MemoryStats stats = MemoryStats.now();
    return stats.heapLiveBytes().orElse(stats.heapUsedBytes());
  }
}
