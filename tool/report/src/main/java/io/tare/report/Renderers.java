package io.tare.report;

import io.tare.model.report.Report;
import io.tare.report.ledger.LedgerHtml;
import io.tare.report.ledger.LedgerJson;
import io.tare.report.ledger.LedgerMetrics;
import io.tare.report.ledger.LedgerText;
import io.tare.report.look.Format;
import io.tare.report.look.TextOptions;

/** The renderers of a report, in one list. */
public final class Renderers {
  private Renderers() {}

  /** The report in that form. Mappings and threads go along when the options ask for all, or for threads. */
  public static String render(Report report, Format format, TextOptions options) {
    return switch (format) {
      case TEXT -> LedgerText.render(report, options);
      case JSON -> LedgerJson.render(report, options);
      case HTML -> LedgerHtml.render(report, options);
      case OPENMETRICS -> LedgerMetrics.render(report);
      case CSV -> throw new IllegalArgumentException("a report of a process has no form CSV");
    };
  }
}
