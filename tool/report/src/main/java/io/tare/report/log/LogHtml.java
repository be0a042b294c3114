package io.tare.report.log;

import io.tare.model.history.LogSummary;
import io.tare.model.history.Series.SeriesUnit;
import io.tare.report.look.Count;
import io.tare.report.look.Html;
import io.tare.report.look.HtmlPage;
import io.tare.report.look.HtmlPage.Head;
import io.tare.report.look.TextOptions;
import io.tare.report.look.Units;
import io.tare.report.verdict.LeakHtml;
import java.util.List;

/** What logs tell of memory, as a page. */
public final class LogHtml {
  private final Html html;
  private final Units units;
  private final LogWords words;

  private LogHtml(Html html, Units units) {
    this.html = html;
    this.units = units;
    words = new LogWords(units);
  }

  public static String render(LogSummary log, TextOptions options) {
    String sources = String.join(", ", log.sources());
    HtmlPage page = HtmlPage.plain("What the log tells: " + sources);
    Html html = page.begin();
    HtmlPage.head(html, new Head("reads what a log tells of memory", sources, List.of(LogWords.lines(log)),
        log.verdict().map(verdict -> verdict.summary()).orElse("")));
    LogHtml parts = new LogHtml(html, options.units());
    log.collections().ifPresent(parts::collections);
    log.labels().ifPresent(parts::labels);
    log.categories().ifPresent(parts::categories);
    log.verdict().ifPresent(verdict -> LeakHtml.section(html, verdict, options.units(), () -> {}));
    parts.problems(log);
    return page.end(html.close().newLine());
  }

  private void collections(LogSummary.Collections gc) {
    html.open("section").leaf("h2", "Collections").leaf("p", "hint", LogWords.collector(gc)).open("ul");
    words.collections(gc).forEach(sentence -> html.leaf("li", sentence));
    html.close();
    if (!gc.causes().isEmpty()) {
      html.wideTable("collections", List.of("Collection", "Cause", "Times", "Freed", "Pauses"));
      gc.causes().forEach(cause -> html.open("tr").leaf("td", cause.what()).leaf("td", cause.cause())
          .leaf("td", "n", Count.grouped(cause.count())).leaf("td", "n", units.format(cause.freedBytes()))
          .leaf("td", "n", Count.millis(Math.round(cause.pauseMillis()))).close().newLine());
      html.endWideTable();
    }
    html.close().newLine();
  }

  private void labels(LogSummary.Labels labels) {
    html.open("section").leaf("h2", "Labelled readings").leaf("p", "hint", Count.of(labels.readings(), "reading"));
    html.open("ul");
    labels.runs().ifPresent(runs -> html.leaf("li", Count.of(runs, "collection")));
    labels.forced().ifPresent(forced -> html.leaf("li", words.forced(forced)));
    labels.batches().ifPresent(batches -> html.leaf("li", words.batches(batches)));
    html.close();
    if (!labels.peaks().isEmpty()) {
      html.wideTable("peaks", List.of("Peak of", "Value", "At"));
      labels.peaks().forEach(peak -> html.open("tr").leaf("td", peak.key()).leaf("td", "n", words.value(peak))
          .leaf("td", peak.label()).close().newLine());
      html.endWideTable();
    }
    if (!labels.phases().isEmpty()) {
      html.wideTable("phases", List.of("Heap on the way to", "Times", "Growth", "Each"));
      labels.phases().forEach(phase -> html.open("tr").leaf("td", phase.label())
          .leaf("td", "n", Count.grouped(phase.count())).leaf("td", "n", units.formatSigned(phase.growthBytes()))
          .leaf("td", "n", units.signedLevel((double) phase.growthBytes() / phase.count(), SeriesUnit.BYTES)).close()
          .newLine());
      html.endWideTable();
    }
    html.close().newLine();
  }

  private void categories(LogSummary.Categories tracked) {
    html.open("section").leaf("h2", "Native memory tracking").leaf("p", "hint", Count.of(tracked.reports(), "report"));
    html.wideTable("native memory", List.of("Category", "Committed", "Change"));
    tracked.categories().forEach(category -> html.open("tr").leaf("td", category.name())
        .leaf("td", "n", units.format(category.committedBytes()))
        .leaf("td", "n", units.formatSigned(category.changeBytes())).close().newLine());
    html.endWideTable().close().newLine();
  }

  private void problems(LogSummary log) {
    if (!log.problems().isEmpty()) {
      html.open("section").leaf("h2", "What could not be read as it should be").open("ul");
      log.problems().forEach(problem -> html.leaf("li", problem.where() + " " + problem.message()));
      html.close().close().newLine();
    }
  }
}
