package io.tare.report.heap;

import io.tare.model.heap.HeapDiff;
import io.tare.model.heap.HeapReport;
import io.tare.report.look.Format;
import io.tare.report.look.TextOptions;

/** The renderers of heap summaries, in one list. */
public final class HeapRenderers {
  private HeapRenderers() {}

  /**
   * The summary in that form, with what else is known of the process.
   *
   * @throws IllegalArgumentException for OpenMetrics and CSV, which have no form for a heap
   */
  public static String render(HeapReport report, Format format, TextOptions options) {
    return switch (format) {
      case TEXT -> HeapText.render(report, options);
      case JSON -> HeapJson.render(report);
      case HTML -> HeapHtml.render(report, options);
      case OPENMETRICS, CSV -> throw new IllegalArgumentException("a heap summary has no form " + format);
    };
  }

  /** What has grown between two dumps, in that form. */
  public static String render(HeapDiff diff, Format format, TextOptions options) {
    return switch (format) {
      case TEXT -> HeapDiffText.render(diff, options);
      case JSON -> HeapDiffJson.render(diff);
      case HTML -> HeapDiffHtml.render(diff, options);
      case OPENMETRICS, CSV -> throw new IllegalArgumentException("a comparison of heaps has no form " + format);
    };
  }
}
