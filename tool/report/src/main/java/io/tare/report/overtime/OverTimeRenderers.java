package io.tare.report.overtime;

import io.tare.model.history.BudgetCheck;
import io.tare.model.history.Difference;
import io.tare.model.history.LeakVerdict;
import io.tare.model.history.LogSummary;
import io.tare.model.history.Settling;
import io.tare.report.Format;
import io.tare.report.TextOptions;
import io.tare.report.html.TextPage;
import io.tare.report.json.CheckJson;
import io.tare.report.json.DifferenceJson;
import io.tare.report.json.LeakJson;
import io.tare.report.json.LogJson;
import io.tare.report.json.SettlingJson;
import io.tare.report.text.CheckText;
import io.tare.report.text.DifferenceText;
import io.tare.report.text.LeakText;
import io.tare.report.text.LogText;
import io.tare.report.text.SettlingText;

/** The renderers of verdicts, logs, differences, budgets and settling curves. None of them has a form in OpenMetrics. */
public final class OverTimeRenderers {
  private OverTimeRenderers() {}

  public static String render(LeakVerdict verdict, Format format, TextOptions options) {
    return switch (format) {
      case TEXT -> LeakText.render(verdict, options);
      case JSON -> LeakJson.render(verdict);
      case HTML -> TextPage.render("Leak verdict", LeakText.render(verdict, forPage(options)));
      case OPENMETRICS -> throw none();
    };
  }

  public static String render(LogSummary log, Format format, TextOptions options) {
    return switch (format) {
      case TEXT -> LogText.render(log, options);
      case JSON -> LogJson.render(log);
      case HTML -> TextPage.render("What the log tells", LogText.render(log, forPage(options)));
      case OPENMETRICS -> throw none();
    };
  }

  public static String render(Difference difference, Format format, TextOptions options) {
    return switch (format) {
      case TEXT -> DifferenceText.render(difference, options);
      case JSON -> DifferenceJson.render(difference);
      case HTML -> TextPage.render("Difference", DifferenceText.render(difference, forPage(options)));
      case OPENMETRICS -> throw none();
    };
  }

  public static String render(BudgetCheck check, Format format, TextOptions options) {
    return switch (format) {
      case TEXT -> CheckText.render(check, options);
      case JSON -> CheckJson.render(check);
      case HTML -> TextPage.render("Budget", CheckText.render(check, forPage(options)));
      case OPENMETRICS -> throw none();
    };
  }

  public static String render(Settling settling, Format format, TextOptions options) {
    return switch (format) {
      case TEXT -> SettlingText.render(settling, options);
      case JSON -> SettlingJson.render(settling);
      case HTML -> TextPage.render("After the load", SettlingText.render(settling, forPage(options)));
      case OPENMETRICS -> throw none();
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
