package io.tare.report.heap;

import io.tare.model.heap.HeapClassAnswer;
import io.tare.model.heap.HeapCollections;
import io.tare.model.heap.HeapHistogram;
import io.tare.model.heap.HeapObject;
import io.tare.model.heap.HeldObjects;
import io.tare.model.heap.SelectAnswer;
import io.tare.report.look.Format;
import io.tare.report.look.TextOptions;

/** The renderers of single answers from a heap dump: text, JSON, and CSV for tables. */
public final class HeapAnswers {
  private HeapAnswers() {}

  public static String render(HeapObject object, Format format, TextOptions options) {
    return switch (format) {
      case TEXT -> HeapObjectText.render(object, options);
      case JSON -> HeapAnswersJson.render(object);
      case HTML, OPENMETRICS, CSV -> throw unknown(format);
    };
  }

  public static String render(HeapClassAnswer answer, Format format, TextOptions options) {
    return switch (format) {
      case TEXT -> HeapClassText.render(answer, options);
      case JSON -> HeapAnswersJson.render(answer);
      case HTML, OPENMETRICS, CSV -> throw unknown(format);
    };
  }

  /**
   * The rows as a table.
   *
   * @param whole whether columns keep their text, however wide they are: for files and pipes
   */
  public static String render(SelectAnswer answer, Format format, TextOptions options, boolean whole) {
    return switch (format) {
      case TEXT -> SelectText.render(answer, options, whole);
      case JSON -> HeapAnswersJson.render(answer);
      case CSV -> HeapCsv.render(answer);
      case HTML, OPENMETRICS -> throw unknown(format);
    };
  }

  public static String render(HeapHistogram histogram, Format format, TextOptions options) {
    return switch (format) {
      case TEXT -> HeapClassText.render(histogram, options);
      case JSON -> HeapAnswersJson.render(histogram);
      case CSV -> HeapCsv.render(histogram);
      case HTML, OPENMETRICS -> throw unknown(format);
    };
  }

  public static String render(HeapCollections collections, Format format, TextOptions options) {
    return switch (format) {
      case TEXT -> CollectionsText.render(collections, options);
      case JSON -> CollectionsJson.render(collections);
      case CSV -> HeapCsv.render(collections);
      case HTML -> CollectionsHtml.render(collections, options);
      case OPENMETRICS -> throw unknown(format);
    };
  }

  /** For pages that ask step by step. */
  public static String render(HeldObjects held) {
    return HeapAnswersJson.render(held);
  }

  private static IllegalArgumentException unknown(Format format) {
    return new IllegalArgumentException("a single answer has no form " + format);
  }
}
