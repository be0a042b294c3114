package io.tare.sync.command;

import io.tare.probe.MemoryStats;
import io.tare.probe.metric.Metric;
import io.tare.sync.state.StateCache;
import java.io.IOException;
import java.util.Locale;

/** {@code --release-pages}: gives the state file's pages back when the work is done, and says what that returned. */
final class ReleasePages {
  static final String FLAG = "--release-pages";
  private static final double MEGABYTE = 1 << 20;

  private ReleasePages() {}

  static void asAsked(Arguments arguments, StateCache cache, Console console) throws IOException {
    if (!arguments.has(FLAG)) {
      return;
    }
    MemoryStats before = MemoryStats.withRss();
    boolean isDone = cache.releaseMappedPages();
    MemoryStats after = MemoryStats.withRss();
    console.line(String.format(Locale.ROOT, "gave the mapped pages back%s: RSS %.1f MB before, %.1f MB after",
        isDone ? "" : " (the kernel refused)", rssBytes(before) / MEGABYTE, rssBytes(after) / MEGABYTE));
  }

  private static double rssBytes(MemoryStats stats) {
    return stats.get(Metric.RSS).orElse(0);
  }
}
