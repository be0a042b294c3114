package io.tare.offsets;

import io.tare.probe.MemoryStats;
import io.tare.probe.metric.AfterGc;
import io.tare.probe.metric.Metric;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** The seed's table: each metric at START, AFTER RUN and AFTER GC, and whether it came back when it must. */
record StageTable(MemoryStats start, MemoryStats afterRun, MemoryStats afterGc) {
  private static final List<Metric> SHOWN = List.of(Metric.HEAP_LIVE, Metric.HEAP_USED, Metric.TOTAL_ALLOCATED,
      Metric.COMMITTED,
      Metric.HEAP_IDLE, Metric.THREADS, Metric.THREADS_STARTED, Metric.GC_RUNS, Metric.RSS);
  /** What the JVM itself moves between two full GCs of a program that leaks nothing. */
  private static final long NOISE_BYTES = 256 * 1024;

  String text() {
    StringBuilder text = new StringBuilder(
        String.format(Locale.ROOT, "%-16s %14s %14s %14s   %s%n", "", "START", "AFTER RUN", "AFTER GC", "back again?"));
    for (Metric metric : SHOWN) {
      text.append(String.format(Locale.ROOT, "%-16s %14s %14s %14s   %s%n", metric.key(), number(start.get(metric)),
          number(afterRun.get(metric)), number(afterGc.get(metric)), answer(metric)));
    }
    return text.toString();
  }

  private String answer(Metric metric) {
    OptionalLong from = start.get(metric);
    OptionalLong to = afterGc.get(metric);
    if (from.isEmpty() || to.isEmpty()) {
      return "cannot tell";
    }
    AfterGc expected = metric.meaning().afterGc();
    long more = to.getAsLong() - from.getAsLong();
    if (expected != AfterGc.MUST_RETURN) {
      return expected.words();
    }
    if (metric == Metric.HEAP_USED) {
      // Some collectors count a whole region once anything was allocated in it.
      return "as Live does";
    }
    return more <= (metric == Metric.HEAP_LIVE ? NOISE_BYTES : 0)
        ? "yes"
        : String.format(Locale.ROOT, "NO: %,d more", more);
  }

  private static String number(OptionalLong value) {
    return value.isEmpty() ? "?" : String.format(Locale.ROOT, "%,d", value.getAsLong());
  }
}
