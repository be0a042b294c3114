package io.tare.report.log;

import io.tare.model.history.LogSummary;
import io.tare.model.history.LogSummary.Peak;
import io.tare.report.look.Count;
import io.tare.report.look.Time;
import io.tare.report.look.Units;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What the text and the page say alike of a log. */
record LogWords(Units units) {
  private static final Set<String> COUNTED = Set.of("HeapObjects", "Threads", "Classes");

  static String lines(LogSummary log) {
    return Count.of(log.lines(), "line") + ", " + (log.unknownLines() == 0
        ? "all of them understood"
        : Count.grouped(log.unknownLines()) + " of them say nothing of memory that is understood");
  }

  String value(Peak peak) {
    return COUNTED.contains(peak.key()) ? Count.grouped(peak.value()) : units.format(peak.value());
  }

  String forced(LogSummary.Forced forced) {
    String objects = forced.freedObjects().isPresent()
        ? " and " + Count.of(forced.freedObjects().getAsLong(), "object")
        : "";
    return Count.of(forced.count(), "marked collection") + " freed " + units.format(forced.freedBytes()) + objects
        + ": " + Count.percent(forced.freedBytes(), forced.beforeBytes()) + " of the "
        + units.format(forced.beforeBytes()) + " before.";
  }

  String batches(LogSummary.Batches batches) {
    StringBuilder text = new StringBuilder(Count.of(batches.told(), "batch line"))
        .append(", the last one number ").append(Count.grouped(batches.highestNumber()));
    batches.entriesEach().ifPresent(each -> text.append("; ").append(Count.grouped(Math.round(each)))
        .append(" entries each"));
    batches.bytesEach().ifPresent(each -> text.append(", ").append(units.format(Math.round(each))).append(" each"));
    if (batches.entriesEach().isPresent() && batches.bytesEach().isPresent()
        && batches.entriesEach().getAsDouble() > 0) {
      text.append(", ").append(Math.round(batches.bytesEach().getAsDouble() / batches.entriesEach().getAsDouble()))
          .append(" bytes per entry");
    }
    return text.append('.').toString();
  }

  static String collector(LogSummary.Collections gc) {
    return (gc.collector().isEmpty() ? "collector not named in the log" : gc.collector())
        + (gc.version().isEmpty() ? "" : ", " + gc.version());
  }

  /** How many and what for, the heap, the pauses. */
  List<String> collections(LogSummary.Collections gc) {
    return List.of(Count.of(gc.runs(), "collection") + " in " + Time.about(gc.seconds()) + ", " + gc.wholeRuns()
        + " of the whole heap; each freed " + units.format(gc.freedBytes() / Math.max(1, gc.runs()))
        + " on average, " + units.format(gc.freedBytes()) + " in all.",
        "Heap: peak " + units.format(gc.peakUsedBytes())
            + (gc.peakCommittedBytes().isPresent()
                ? " of " + units.format(gc.peakCommittedBytes().getAsLong()) + " committed"
                : "")
            + "; after collections " + units.format(gc.lowestFloorBytes()) + " at least, "
            + units.format(gc.lastFloorBytes()) + " at the end." + rate(gc),
        pauses(gc));
  }

  private String rate(LogSummary.Collections gc) {
    return gc.seconds() < 1
        ? ""
        : " Allocated " + units.format(Math.round(gc.allocatedBytes() / gc.seconds())) + " per second.";
  }

  private static String pauses(LogSummary.Collections gc) {
    LogSummary.Pauses pauses = gc.pauses();
    if (pauses.count() == 0) {
      return "No pauses are in this log.";
    }
    String share = gc.seconds() >= 1 ? ", " + percent(pauses.totalMillis() / 10 / gc.seconds()) + " of the time" : "";
    String cpu = Optional.of(gc.cpuSeconds()).filter(any -> any.isPresent() && gc.seconds() >= 1)
        .map(any -> " Collections took " + percent(100 * any.getAsDouble() / gc.seconds()) + " of one processor.")
        .orElse("");
    return Count.of(pauses.count(), "pause") + ": median " + millis(pauses.median()) + ", 90 % within "
        + millis(pauses.p90()) + ", 99 % within " + millis(pauses.p99()) + ", longest " + millis(pauses.longest())
        + "; " + millis(pauses.totalMillis()) + " in all" + share + "." + cpu;
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, value < 1 ? "%.2f %%" : "%.1f %%", value);
  }

  private static String millis(double value) {
    return value >= 1000
        ? String.format(Locale.ROOT, "%.2f s", value / 1000)
        : String.format(Locale.ROOT, value < 10 ? "%.2f ms" : "%.0f ms", value);
  }
}
