package io.tare.sync.run;

import io.tare.probe.MemoryStats;
import io.tare.probe.Metric;
import io.tare.sync.state.StateCache;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Keeps the process below so much RSS. Its heap, code and stacks have bounds of their own; what grows with the number of files is the
 * state file, mapped. Its pages are given back when they make the process too large: the kernel keeps them as cache as long as it
 * likes, and no limit of memory counts them against the process.
 */
record RssBudget(StateCache cache, long mostBytes) {
  /** Between two looks a commit's pages come in; there has to be room for them. */
  private static final long NUMERATOR = 3;
  private static final long DENOMINATOR = 4;

  /** To be called behind each commit. */
  void keep() {
    if (MemoryStats.withRss().get(Metric.RSS).orElse(0) > mostBytes * NUMERATOR / DENOMINATOR) {
      try {
        cache.releaseMappedPages();
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
  }
}
