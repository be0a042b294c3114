package io.tare.report.html;

import io.tare.model.report.Report;
import io.tare.report.TextOptions;
import io.tare.report.words.When;

/**
 * A report as one self-contained page: no request leaves it, and without scripts everything but sorting works.
 */
public final class HtmlReport {
  private HtmlReport() {}

  public static String render(Report report, TextOptions options) {
    Html html = new Html();
    html.own("<!doctype html>\n").open("html", "lang", "en").newLine();
    head(html, report);
    html.open("body").newLine().open("main").newLine();
    new WeightSection(html, report, options.units()).write();
    report.ledger().ifPresent(ledger -> {
      new MapSection(html, ledger, options.units()).write();
      new LedgerSection(html, ledger, options.units()).write();
    });
    new ScalesSection(html, report.scales(), options.units()).write();
    VerdictsSection.write(html, report);
    RemediesSection.write(html, report.remedies(), options.units());
    new ListsSection(html, options).write(report);
    ClosingSection.write(html, report, options.units());
    html.close().newLine();
    html.open("script").own(PageResources.script()).close().newLine();
    return html.close().close().newLine().finish();
  }

  private static void head(Html html, Report report) {
    html.open("head").newLine().single("meta", "charset", "utf-8").newLine();
    html.single("meta", "http-equiv", "Content-Security-Policy", "content", PageResources.policy()).newLine();
    html.single("meta", "name", "viewport", "content", "width=device-width, initial-scale=1").newLine();
    html.single("meta", "name", "color-scheme", "content", "light dark").newLine();
    html.single("meta", "name", "referrer", "content", "no-referrer").newLine();
    html.leaf("title", report.target().name() + " (pid " + report.target().pid() + "), "
        + When.utc(report.takenAt()) + " · Tare").newLine();
    html.open("style").own(PageResources.style()).close().newLine().close().newLine();
  }
}
