package io.tare.probe.marks;

import io.tare.probe.MemoryStats;
import io.tare.probe.MemstatsLine;
import io.tare.probe.jfr.Jfr;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Labelled moments of a run, for whoever looks at the process from outside: {@code Marks.at("AFTER_BATCH_17", items)}.
 *
 * <p>A mark goes into a small mapped file, {@code taremarks_USER/PID} in the directory for temporary files, readable by the
 * same user only, which any process can read without touching this one ({@link io.tare.probe.marks.MarksFile}); into JFR as
 * the event {@code tare.Mark} while a recording runs; and, if asked by {@link #logTo}, into a log as a MEMSTATS line. Marking
 * never fails and never blocks: with a full disk or a read-only directory the file is simply missing, and
 * {@link #problem()} says why.
 *
 * <p>System properties, read at the first mark: {@code tare.marks=off} keeps the file away, {@code tare.marks.dir} names
 * another directory, {@code tare.marks.records} another size of the ring (1024 records of 256 bytes).
 */
public final class Marks {
  private static volatile @Nullable Consumer<String> log;

  private Marks() {}

  /** Marks this moment with the cheap stats. */
  public static void at(String label) {
    mark(label, MarksLayout.UNKNOWN, MemoryStats.now());
  }

  /** Marks this moment with the cheap stats and how many items are done. */
  public static void at(String label, long items) {
    mark(label, items, MemoryStats.now());
  }

  /** Marks this moment with time and items only: well under a microsecond. The log, if asked for, has the items alone too. */
  public static void tick(String label, long items) {
    mark(label, items, null);
  }

  /** Also hands each mark to a log as one MEMSTATS line; {@code null} ends that. The line carries {@code Items=N} when given. */
  public static void logTo(@Nullable Consumer<String> newLog) {
    log = newLog;
  }

  /** The file that others can read; empty when there is none. */
  public static Optional<Path> file() {
    return MarksOfProcess.ONLY.file();
  }

  /** Why there is no file. */
  public static Optional<String> problem() {
    return MarksOfProcess.ONLY.problem();
  }

  private static void mark(String label, long items, @Nullable MemoryStats stats) {
    MarksOfProcess.ONLY.write(label, items, stats);
    if (Jfr.AVAILABLE) {
      Jfr.mark(label, items, stats);
    }
    Consumer<String> wanted = log;
    if (wanted != null) {
      String counted = items == MarksLayout.UNKNOWN ? "" : " Items=" + items;
      wanted.accept(
          (stats == null ? new MemstatsLine(label, Map.of()).exact() : stats.line(label)) + counted);
    }
  }
}
