package io.tare.report;

import io.tare.model.history.BudgetCheck;
import io.tare.model.history.Difference;
import io.tare.model.history.LeakVerdict;
import io.tare.model.history.LogSummary;
import io.tare.model.history.Settling;
import io.tare.report.difference.CheckReport;
import io.tare.report.difference.DifferenceJson;
import io.tare.report.difference.DifferenceText;
import io.tare.report.log.LogJson;
import io.tare.report.log.LogText;
import io.tare.report.look.Format;
import io.tare.report.look.HtmlPage;
import io.tare.report.look.TextOptions;
import io.tare.report.verdict.LeakJson;
import io.tare.report.verdict.LeakText;
import io.tare.report.verdict.SettlingReport;

/** The renderers of verdicts, logs, differences, budgets and settling curves. None of them has a form in OpenMetrics. */
public final class OverTimeRenderers {
  private OverTimeRenderers() {}

  public static String render(LeakVerdict verdict, Format format, TextOptions options) {
    return switch (format) {
      case TEXT -> LeakText.render(verdict, options);
      case JSON -> LeakJson.render(verdict);
      case HTML -> HtmlPage.ofText("Leak verdict", LeakText.render(verdict, forPage(options)));
      case OPENMETRICS, CSV -> throw none();
    };
  }

  public static String render(LogSummary log, Format format, TextOptions options) {
    return switch (format) {
      case TEXT -> LogText.render(log, options);
      case JSON -> LogJson.render(log);
      case HTML -> HtmlPage.ofText("What the log tells", LogText.render(log, forPage(options)));
      case OPENMETRICS, CSV -> throw none();
    };
  }

  public static String render(Difference difference, Format format, TextOptions options) {
    return switch (format) {
      case TEXT -> DifferenceText.render(difference, options);
      case JSON -> DifferenceJson.render(difference);
      case HTML -> HtmlPage.ofText("Difference", DifferenceText.render(difference, forPage(options)));
      case OPENMETRICS, CSV -> throw none();
    };
  }

  public static String render(BudgetCheck check, Format format, TextOptions options) {
    return switch (format) {
      case TEXT -> CheckReport.text(check, options);
      case JSON -> CheckReport.json(check);
      case HTML -> HtmlPage.ofText("Budget", CheckReport.text(check, forPage(options)));
      case OPENMETRICS, CSV -> throw none();
    };
  }

  public static String render(Settling settling, Format format, TextOptions options) {
    return switch (format) {
      case TEXT -> SettlingReport.text(settling, options);
      case JSON -> SettlingReport.json(settling);
      case HTML -> HtmlPage.ofText("After the load", SettlingReport.text(settling, forPage(options)));
      case OPENMETRICS, CSV -> throw none();
    };
  }

  /** A page has no terminal: no colours, and room for every line. */
  private static TextOptions forPage(TextOptions options) {
    return new TextOptions(110, false, true, true, options.threads(), options.units());
  }

  private static IllegalArgumentException none() {
    return new IllegalArgumentException("this has no OpenMetrics form");
  }
}
