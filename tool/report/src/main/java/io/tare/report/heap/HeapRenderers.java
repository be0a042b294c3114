package io.tare.report.heap;

import io.tare.model.heap.HeapSummary;
import io.tare.report.Format;
import io.tare.report.TextOptions;
import io.tare.report.html.HeapHtml;
import io.tare.report.json.HeapJson;
import io.tare.report.text.HeapText;

/** The renderers of heap summaries, in one list. */
public final class HeapRenderers {
  private HeapRenderers() {}

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
