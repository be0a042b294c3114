package io.tare.report;

import io.tare.model.history.Difference;
import io.tare.model.history.Investigation;
import io.tare.model.history.LeakVerdict;
import io.tare.model.history.LogSummary;
import io.tare.model.history.Settling;
import io.tare.report.difference.DifferenceHtml;
import io.tare.report.difference.DifferenceJson;
import io.tare.report.difference.DifferenceText;
import io.tare.report.difference.InvestigationHtml;
import io.tare.report.difference.InvestigationMarkdown;
import io.tare.report.difference.InvestigationText;
import io.tare.report.log.LogHtml;
import io.tare.report.log.LogJson;
import io.tare.report.log.LogText;
import io.tare.report.look.Format;
import io.tare.report.look.TextOptions;
import io.tare.report.verdict.LeakHtml;
import io.tare.report.verdict.LeakJson;
import io.tare.report.verdict.LeakText;
import io.tare.report.verdict.SettlingHtml;
import io.tare.report.verdict.SettlingReport;

/** The renderers of verdicts, logs, differences and settling curves. None of them has a form in OpenMetrics. */
public final class OverTimeRenderers {
  private OverTimeRenderers() {}

  public static String render(LeakVerdict verdict, Format format, TextOptions options) {
    return switch (format) {
      case TEXT -> LeakText.render(verdict, options);
      case JSON -> LeakJson.render(verdict);
      case HTML -> LeakHtml.render(verdict, options);
      case OPENMETRICS, CSV -> throw none();
    };
  }

  public static String render(LogSummary log, Format format, TextOptions options) {
    return switch (format) {
      case TEXT -> LogText.render(log, options);
      case JSON -> LogJson.render(log);
      case HTML -> LogHtml.render(log, options);
      case OPENMETRICS, CSV -> throw none();
    };
  }

  public static String render(Difference difference, Format format, TextOptions options) {
    return switch (format) {
      case TEXT -> DifferenceText.render(difference, options);
      case JSON -> DifferenceJson.render(difference);
      case HTML -> DifferenceHtml.render(difference, options);
      case OPENMETRICS, CSV -> throw none();
    };
  }

  /** Of several weighings there is no form in JSON: each pair has one. */
  public static String render(Investigation investigation, Format format, TextOptions options) {
    return switch (format) {
      case TEXT -> InvestigationText.render(investigation, options);
      case HTML -> InvestigationHtml.render(investigation, options);
      case JSON, OPENMETRICS, CSV -> throw none();
    };
  }

  public static String markdown(Investigation investigation, TextOptions options) {
    return InvestigationMarkdown.render(investigation, options.units());
  }

  public static String render(Settling settling, Format format, TextOptions options) {
    return switch (format) {
      case TEXT -> SettlingReport.text(settling, options);
      case JSON -> SettlingReport.json(settling);
      case HTML -> SettlingHtml.render(settling, options);
      case OPENMETRICS, CSV -> throw none();
    };
  }

  private static IllegalArgumentException none() {
    return new IllegalArgumentException("this has no OpenMetrics form");
  }
}
