package io.tare.report;

import io.tare.model.trial.Growth;
import io.tare.model.trial.TrialReport;
import io.tare.report.look.Format;
import io.tare.report.look.TextOptions;
import io.tare.report.look.Units;
import io.tare.report.trial.GrowthHtml;
import io.tare.report.trial.GrowthText;
import io.tare.report.trial.TrialHtml;
import io.tare.report.trial.TrialJson;
import io.tare.report.trial.TrialText;
import java.util.List;

/** The renderers of trials and of growth. Neither has a form in OpenMetrics. */
public final class TrialRenderers {
  private TrialRenderers() {}

  public static String render(TrialReport report, Format format, TextOptions options) {
    return switch (format) {
      case TEXT -> TrialText.render(report, options);
      case JSON -> TrialJson.render(report);
      case HTML -> TrialHtml.render(report, options);
      case OPENMETRICS, CSV -> throw none();
    };
  }

  public static String render(List<String> command, List<Growth> growths, List<String> notes, Format format,
      TextOptions options) {
    return switch (format) {
      case TEXT -> GrowthText.render(command, growths, notes, options);
      case JSON -> TrialJson.render(command, growths, notes);
      case HTML -> GrowthHtml.render(command, growths, notes, options);
      case OPENMETRICS, CSV -> throw none();
    };
  }

  /** What a figure's growth is called, with its numbers. */
  public static String sentence(Growth growth, Units units) {
    return GrowthText.sentence(growth, units);
  }

  private static IllegalArgumentException none() {
    return new IllegalArgumentException("trials have no form in OpenMetrics");
  }
}
