package io.tare.report;

import io.tare.model.history.Advice;
import io.tare.model.history.Checklist;
import io.tare.report.advice.AdviceHtml;
import io.tare.report.advice.AdviceJson;
import io.tare.report.advice.AdviceText;
import io.tare.report.look.Format;
import io.tare.report.look.TextOptions;

/** The renderers of sizes and of the list for production. Neither has a form in OpenMetrics. */
public final class AdviceRenderers {
  private AdviceRenderers() {}

  public static String render(Advice advice, Format format, TextOptions options) {
    return switch (format) {
      case TEXT -> AdviceText.render(advice, options);
      case JSON -> AdviceJson.render(advice);
      case HTML -> AdviceHtml.render(advice, options);
      case OPENMETRICS, CSV -> throw none();
    };
  }

  public static String render(Checklist list, Format format, TextOptions options) {
    return switch (format) {
      case TEXT -> AdviceText.render(list, options);
      case JSON -> AdviceJson.render(list);
      case HTML -> AdviceHtml.render(list);
      case OPENMETRICS, CSV -> throw none();
    };
  }

  private static IllegalArgumentException none() {
    return new IllegalArgumentException("advice has no form in OpenMetrics or CSV");
  }
}
