package io.tare.report;

import io.tare.model.report.Report;
import io.tare.report.html.HtmlReport;
import io.tare.report.json.JsonLists;
import io.tare.report.json.LedgerJson;
import io.tare.report.openmetrics.LedgerMetrics;
import io.tare.report.text.TextReport;

/** The renderers, in one list. */
public final class Renderers {
  private Renderers() {}

  /** The report in that form. Mappings and threads go along when the options ask for all, or for threads. */
  public static String render(Report report, Format format, TextOptions options) {
    return switch (format) {
      case TEXT -> TextReport.render(report, options);
      case JSON -> LedgerJson.render(report, new JsonLists(options.all(), options.threads()));
      case HTML -> HtmlReport.render(report, options);
      case OPENMETRICS -> LedgerMetrics.render(report);
    };
  }
}
