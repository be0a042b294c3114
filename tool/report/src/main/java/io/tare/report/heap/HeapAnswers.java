package io.tare.report.heap;

import io.tare.model.heap.HeapClassAnswer;
import io.tare.model.heap.HeapHistogram;
import io.tare.model.heap.HeapObject;
import io.tare.model.heap.SelectAnswer;
import io.tare.report.Format;
import io.tare.report.TextOptions;
import io.tare.report.json.HeapClassJson;
import io.tare.report.json.HeapHistogramJson;
import io.tare.report.json.HeapObjectJson;
import io.tare.report.json.SelectJson;
import io.tare.report.text.HeapClassText;
import io.tare.report.text.HeapHistogramText;
import io.tare.report.text.HeapObjectText;
import io.tare.report.text.SelectText;

/** The renderers of single answers from a heap dump: text and JSON. */
public final class HeapAnswers {
  private HeapAnswers() {}

  public static String render(HeapObject object, Format format, TextOptions options) {
    return switch (format) {
      case TEXT -> HeapObjectText.render(object, options);
      case JSON -> HeapObjectJson.render(object);
      case HTML, OPENMETRICS -> throw unknown(format);
    };
  }

  public static String render(HeapClassAnswer answer, Format format, TextOptions options) {
    return switch (format) {
      case TEXT -> HeapClassText.render(answer, options);
      case JSON -> HeapClassJson.render(answer);
      case HTML, OPENMETRICS -> throw unknown(format);
    };
  }

  public static String render(SelectAnswer answer, Format format, TextOptions options) {
    return switch (format) {
      case TEXT -> SelectText.render(answer, options);
      case JSON -> SelectJson.render(answer);
      case HTML, OPENMETRICS -> throw unknown(format);
    };
  }

  public static String render(HeapHistogram histogram, Format format, TextOptions options) {
    return switch (format) {
      case TEXT -> HeapHistogramText.render(histogram, options);
      case JSON -> HeapHistogramJson.render(histogram);
      case HTML, OPENMETRICS -> throw unknown(format);
    };
  }

  private static IllegalArgumentException unknown(Format format) {
    return new IllegalArgumentException("a single answer has no form " + format);
  }
}
