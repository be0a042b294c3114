package io.tare.report.log;

import io.tare.model.history.LogSummary;
import io.tare.model.history.LogSummary.Category;
import io.tare.model.history.LogSummary.Cause;
import io.tare.model.history.LogSummary.Peak;
import io.tare.model.history.LogSummary.Phase;
import io.tare.model.history.SeriesUnit;
import io.tare.report.look.Count;
import io.tare.report.look.Page;
import io.tare.report.look.Style;
import io.tare.report.look.TextOptions;
import io.tare.report.look.Time;
import io.tare.report.verdict.LeakText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What logs tell of memory, for a terminal. */
public final class LogText {
  private static final int FEW = 12;
  private static final Set<String> COUNTED = Set.of("HeapObjects", "Threads", "Classes");

  private final Page page;
  private final LogSummary log;

  private LogText(LogSummary log, TextOptions options) {
    page = new Page(options);
    this.log = log;
  }

  public static String render(LogSummary log, TextOptions options) {
    LogText text = new LogText(log, options);
    text.heading();
    log.labels().ifPresent(text::labels);
    log.collections().ifPresent(text::collections);
    log.categories().ifPresent(text::categories);
    log.verdict().ifPresent(verdict -> LeakText.print(text.page, verdict));
    text.problems();
    return text.page.print();
  }

  private void heading() {
    page.line().fit(page.width(), String.join(", ", log.sources()), Style.BOLD);
    String unknown = log.unknownLines() == 0
        ? "all of them understood"
        : Count.grouped(log.unknownLines()) + " of them say nothing of memory that is understood";
    page.prose(0, Count.of(log.lines(), "line") + ", " + unknown, Style.FAINT);
  }

  private void labels(LogSummary.Labels labels) {
    page.heading("LABELLED READINGS", Count.of(labels.readings(), "reading"));
    for (Peak peak : labels.peaks()) {
      page.line().add("  peak " + peak.key()).to(20).right(32, value(peak), Style.PLAIN).add("  at ", Style.FAINT)
          .fit(page.width(), peak.label(), Style.FAINT);
    }
    labels.runs().ifPresent(runs -> page.line().add("  collections").right(32, Count.grouped(runs), Style.PLAIN));
    labels.forced().ifPresent(this::forced);
    labels.batches().ifPresent(this::batches);
    phases(labels.phases());
  }

  private String value(Peak peak) {
    return COUNTED.contains(peak.key()) ? Count.grouped(peak.value()) : page.bytes(peak.value());
  }

  private void forced(LogSummary.Forced forced) {
    String objects = forced.freedObjects().isPresent()
        ? " and " + Count.of(forced.freedObjects().getAsLong(), "object")
        : "";
    page.prose("  ", Count.of(forced.count(), "marked collection") + " freed " + page.bytes(forced.freedBytes())
        + objects + ": " + Count.percent(forced.freedBytes(), forced.beforeBytes()) + " of the "
        + page.bytes(forced.beforeBytes()) + " before.", Style.PLAIN);
  }

  private void batches(LogSummary.Batches batches) {
    StringBuilder text = new StringBuilder(Count.of(batches.told(), "batch line"))
        .append(", the last one number ").append(Count.grouped(batches.highestNumber()));
    batches.entriesEach().ifPresent(each -> text.append("; ").append(Count.grouped(Math.round(each)))
        .append(" entries each"));
    batches.bytesEach().ifPresent(each -> text.append(", ").append(page.bytes(Math.round(each))).append(" each"));
    if (batches.entriesEach().isPresent() && batches.bytesEach().isPresent()
        && batches.entriesEach().getAsDouble() > 0) {
      text.append(", ").append(Math.round(batches.bytesEach().getAsDouble() / batches.entriesEach().getAsDouble()))
          .append(" bytes per entry");
    }
    page.prose("  ", text.append('.').toString(), Style.PLAIN);
  }

  private void phases(List<Phase> phases) {
    if (phases.isEmpty()) {
      return;
    }
    page.line().add("  heap on the way to", Style.FAINT).right(44, "times", Style.FAINT)
        .right(56, "growth", Style.FAINT)
        .right(68, "each", Style.FAINT);
    for (Phase phase : page.shown(phases, FEW)) {
      page.line().add("    ").fit(36, phase.label(), Style.PLAIN).right(44, Count.grouped(phase.count()), Style.PLAIN)
          .right(56, page.units().signedLevel((double) phase.growthBytes(), SeriesUnit.BYTES), Style.PLAIN)
          .right(68, page.units().signedLevel((double) phase.growthBytes() / phase.count(), SeriesUnit.BYTES),
              Style.FAINT);
    }
    if (!page.showsAll() && phases.size() > FEW) {
      page.line().add("    " + (phases.size() - FEW) + " more with --all", Style.FAINT);
    }
  }

  private void collections(LogSummary.Collections gc) {
    page.heading("COLLECTIONS", (gc.collector().isEmpty() ? "collector not named in the log" : gc.collector())
        + (gc.version().isEmpty() ? "" : ", " + gc.version()));
    page.prose("  ", Count.of(gc.runs(), "collection") + " in " + Time.about(gc.seconds()) + ", " + gc.wholeRuns()
        + " of the whole heap; each freed " + page.bytes(gc.freedBytes() / Math.max(1, gc.runs()))
        + " on average, " + page.bytes(gc.freedBytes()) + " in all.", Style.PLAIN);
    page.prose("  ", "Heap: peak " + page.bytes(gc.peakUsedBytes())
        + (gc.peakCommittedBytes().isPresent()
            ? " of " + page.bytes(gc.peakCommittedBytes().getAsLong())
                + " committed"
            : "")
        + "; after collections " + page.bytes(gc.lowestFloorBytes()) + " at least, " + page.bytes(gc.lastFloorBytes())
        + " at the end." + rate(gc), Style.PLAIN);
    pauses(gc);
    for (Cause cause : gc.causes().subList(0, Math.min(FEW, gc.causes().size()))) {
      page.line().right(10, Count.grouped(cause.count()), Style.PLAIN).add("  ").fit(58, cause.what()
          + (cause.cause().isEmpty() ? "" : " (" + cause.cause() + ")"), Style.PLAIN).to(60)
          .right(70, page.bytes(cause.freedBytes()), Style.PLAIN).add(" freed", Style.FAINT);
    }
  }

  private String rate(LogSummary.Collections gc) {
    return gc.seconds() < 1
        ? ""
        : " Allocated " + page.bytes(Math.round(gc.allocatedBytes() / gc.seconds())) + " per second.";
  }

  private void pauses(LogSummary.Collections gc) {
    LogSummary.Pauses pauses = gc.pauses();
    if (pauses.count() == 0) {
      page.prose("  ", "No pauses are in this log.", Style.FAINT);
      return;
    }
    String share = gc.seconds() >= 1 ? ", " + percent(pauses.totalMillis() / 10 / gc.seconds()) + " of the time" : "";
    String cpu = Optional.of(gc.cpuSeconds()).filter(any -> any.isPresent() && gc.seconds() >= 1)
        .map(any -> " Collections took " + percent(100 * any.getAsDouble() / gc.seconds()) + " of one processor.")
        .orElse("");
    page.prose("  ", Count.of(pauses.count(), "pause") + ": median " + millis(pauses.median()) + ", 90 % within "
        + millis(pauses.p90()) + ", 99 % within " + millis(pauses.p99()) + ", longest " + millis(pauses.longest())
        + "; " + millis(pauses.totalMillis()) + " in all" + share + "." + cpu, Style.PLAIN);
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, value < 1 ? "%.2f %%" : "%.1f %%", value);
  }

  private static String millis(double value) {
    return value >= 1000
        ? String.format(Locale.ROOT, "%.2f s", value / 1000)
        : String.format(Locale.ROOT, value < 10 ? "%.2f ms" : "%.0f ms", value);
  }

  private void categories(LogSummary.Categories native_) {
    page.heading("NATIVE MEMORY TRACKING", native_.reports() == 1 ? "one report" : native_.reports() + " reports");
    page.line().add("  category", Style.FAINT).right(44, "committed", Style.FAINT).right(56, "change", Style.FAINT);
    for (Category category : page.shown(native_.categories(), FEW)) {
      String change = category.changeBytes() == 0
          ? ""
          : page.units().signedLevel((double) category.changeBytes(), SeriesUnit.BYTES);
      page.line().add("    ").fit(32, category.name(), Style.PLAIN)
          .right(44, page.bytes(category.committedBytes()), Style.PLAIN).right(56, change, Style.PLAIN);
    }
  }

  private void problems() {
    if (!log.problems().isEmpty()) {
      page.heading("PROBLEMS", "");
      log.problems().forEach(problem -> page.prose(2, problem.where() + " " + problem.message(), Style.YELLOW));
    }
  }
}
