package io.tare.report.heap;

import io.tare.model.heap.HeapDiff;
import io.tare.model.heap.HeapReport;
import io.tare.model.heap.HeapSummary;
import io.tare.report.Format;
import io.tare.report.TextOptions;
import io.tare.report.html.HeapDiffHtml;
import io.tare.report.html.HeapHtml;
import io.tare.report.html.HeapProcessHtml;
import io.tare.report.json.HeapDiffJson;
import io.tare.report.json.HeapJson;
import io.tare.report.json.HeapProcessJson;
import io.tare.report.text.HeapDiffText;
import io.tare.report.text.HeapProcessText;
import io.tare.report.text.HeapText;

/** The renderers of heap summaries, in one list. */
public final class HeapRenderers {
  private HeapRenderers() {}

  /**
   * The summary in that form, with what else is known of the process.
   *
   * @throws IllegalArgumentException for OpenMetrics, which has no form for a heap
   */
  public static String render(HeapReport report, Format format, TextOptions options) {
    return switch (format) {
      case TEXT -> HeapText.render(report.summary(), options) + HeapProcessText.render(report, options);
      case JSON -> HeapJson.render(report.summary(), json -> HeapProcessJson.write(json, report));
      case HTML -> HeapProcessHtml.render(report, options);
      case OPENMETRICS -> throw new IllegalArgumentException("a heap summary has no OpenMetrics form");
    };
  }

  /** What has grown between two dumps, in that form. */
  public static String render(HeapDiff diff, Format format, TextOptions options) {
    return switch (format) {
      case TEXT -> HeapDiffText.render(diff, options);
      case JSON -> HeapDiffJson.render(diff);
      case HTML -> HeapDiffHtml.render(diff, options);
      case OPENMETRICS -> throw new IllegalArgumentException("a comparison of heaps has no OpenMetrics form");
    };
  }

  /**
   * The summary in that form.
   *
   * @throws IllegalArgumentException for OpenMetrics, which has no form for a heap
   */
  public static String render(HeapSummary summary, Format format, TextOptions options) {
    return switch (format) {
      case TEXT -> HeapText.render(summary, options);
      case JSON -> HeapJson.render(summary);
      case HTML -> HeapHtml.render(summary, options);
      case OPENMETRICS -> throw new IllegalArgumentException("a heap summary has no OpenMetrics form");
    };
  }
}
