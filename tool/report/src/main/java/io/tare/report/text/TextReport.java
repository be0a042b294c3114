package io.tare.report.text;

import io.tare.model.report.Report;
import io.tare.report.TextOptions;

/** A report for a terminal: the answer first, then the ledger, the scales, the verdicts, what to do, and what is missing. */
public final class TextReport {
  private TextReport() {}

  public static String render(Report report, TextOptions options) {
    Page page = new Page(options);
    HeadingPart.write(page, report);
    report.ledger().ifPresent(ledger -> LedgerPart.write(page, ledger));
    ScalesPart.write(page, report.scales());
    VerdictsPart.write(page, report);
    RemediesPart.write(page, report.remedies());
    if (options.all()) {
      ListsPart.details(page, report.details());
      ListsPart.mappings(page, report.mappings());
    }
    if (options.threads()) {
      ListsPart.threads(page, report.threads());
    }
    ClosingPart.write(page, report);
    return page.print();
  }
}
