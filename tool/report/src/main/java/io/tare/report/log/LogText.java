package io.tare.report.log;

import io.tare.model.history.LogSummary;
import io.tare.model.history.LogSummary.Category;
import io.tare.model.history.LogSummary.Cause;
import io.tare.model.history.LogSummary.Peak;
import io.tare.model.history.LogSummary.Phase;
import io.tare.model.history.Series.SeriesUnit;
import io.tare.report.look.Count;
import io.tare.report.look.Page;
import io.tare.report.look.Style;
import io.tare.report.look.TextOptions;
import io.tare.report.verdict.LeakText;
import java.util.List;

/** What logs tell of memory, for a terminal. */
public final class LogText {
  private static final int FEW = 12;

  private final Page page;
  private final LogSummary log;
  private final LogWords words;

  private LogText(LogSummary log, TextOptions options) {
    page = new Page(options);
    this.log = log;
    words = new LogWords(options.units());
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
    page.prose(0, LogWords.lines(log), Style.FAINT);
  }

  private void labels(LogSummary.Labels labels) {
    page.heading("LABELLED READINGS", Count.of(labels.readings(), "reading"));
    for (Peak peak : labels.peaks()) {
      page.line().add("  peak " + peak.key()).to(20).right(32, words.value(peak), Style.PLAIN).add("  at ", Style.FAINT)
          .fit(page.width(), peak.label(), Style.FAINT);
    }
    labels.runs().ifPresent(runs -> page.line().add("  collections").right(32, Count.grouped(runs), Style.PLAIN));
    labels.forced().ifPresent(forced -> page.prose("  ", words.forced(forced), Style.PLAIN));
    labels.batches().ifPresent(batches -> page.prose("  ", words.batches(batches), Style.PLAIN));
    phases(labels.phases());
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
    page.heading("COLLECTIONS", LogWords.collector(gc));
    words.collections(gc).forEach(sentence -> page.prose("  ", sentence, Style.PLAIN));
    for (Cause cause : gc.causes().subList(0, Math.min(FEW, gc.causes().size()))) {
      page.line().right(10, Count.grouped(cause.count()), Style.PLAIN).add("  ").fit(58, cause.what()
          + (cause.cause().isEmpty() ? "" : " (" + cause.cause() + ")"), Style.PLAIN).to(60)
          .right(70, page.bytes(cause.freedBytes()), Style.PLAIN).add(" freed", Style.FAINT);
    }
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
