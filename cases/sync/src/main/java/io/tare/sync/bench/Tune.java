package io.tare.sync.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** The curve of batch size against throughput, memory and growth of the file. */
public final class Tune {
  private static final List<Long> BATCHES = List.of(100L, 500L, 1_000L, 5_000L, 10_000L, 50_000L, 200_000L);
  private static final List<Long> COPYING_BATCHES = List.of(1_000L, 10_000L, 50_000L);
  private static final String ROW = "%-9s %10s %12s %12s %10s %9s %10s %10s %s";

  private Tune() {}

  /** Prints a line for each batch size as it is measured; returns those that did not run out of heap. */
  public static List<TunePoint> measure(Path directory, long entries, String durability, Consumer<String> lines)
      throws IOException, InterruptedException {
    lines.accept(String.format(Locale.ROOT, ROW, "variant", "batch", "files/s", "files/cpu s", "heap peak", "B/file",
        "RssAnon", "growth", ""));
    List<TunePoint> points = new ArrayList<>();
    for (long batch : BATCHES) {
      point("batched", batch, directory, entries, durability, points, lines);
    }
    for (long batch : COPYING_BATCHES) {
      point("copying", batch, directory, entries, durability, points, lines);
    }
    point("naive", entries, directory, entries, durability, points, lines);
    return points;
  }

  private static void point(String variant, long batch, Path directory, long entries, String durability,
      List<TunePoint> points, Consumer<String> lines) throws IOException, InterruptedException {
    List<PhaseResult> phases = ChildBench.run(directory, entries,
        List.of("--variant", variant, "--batch", Long.toString(batch), "--durability", durability));
    if (phases.isEmpty()) {
      lines.accept(String.format(Locale.ROOT, "%-9s %10s out of heap", variant, PhaseTable.count(batch)));
      return;
    }
    TunePoint point = TunePoint.of(variant, batch, phases);
    points.add(point);
    lines.accept(row(point));
  }

  private static String row(TunePoint point) {
    return String.format(Locale.ROOT, ROW, point.variant(), PhaseTable.count(point.filesPerBatch()),
        PhaseTable.count((long) point.speed().filesPerSecond()),
        PhaseTable.count((long) point.speed().filesPerCpuSecond()), PhaseTable.megabytes(point.heapPeakBytes()),
        String.format(Locale.ROOT, "%.1f", point.allocatedPerFile()), PhaseTable.megabytes(point.rssAnonBytes()),
        PhaseTable.megabytes(point.growthBytes()), "").stripTrailing();
  }
}
