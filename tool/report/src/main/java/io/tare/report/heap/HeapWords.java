package io.tare.report.heap;

import io.tare.model.heap.HeapHistogram.HistogramLine;
import io.tare.model.heap.HeapSummary;
import io.tare.model.heap.HeapValue;
import io.tare.model.heap.ObjectLine;
import io.tare.model.heap.PathStep;
import io.tare.report.look.Page;
import io.tare.report.look.Style;
import java.util.List;
import java.util.stream.Collectors;

/** Objects and values of a heap as people read them, and the lines that several answers have in common. */
final class HeapWords {
  static final String ROOTS_LOST = "The dump was cut off before its roots: classes, threads and class loaders stand in for"
      + " them. What is called live may be garbage, and who holds what is known only from those on.";

  private static final int MOST_OF_MANY = 5;

  private HeapWords() {}

  /** Nothing that was read is no proof of health. */
  static String noSuspects(HeapSummary summary) {
    if (summary.reached().objects() == 0) {
      return "Cannot tell: no root of the dump reaches any object that could be read.";
    }
    return summary.dump().truncated()
        ? "Cannot tell: no place holds a tenth of what could be read, but the dump is cut off."
        : "No place holds a tenth of the heap or more.";
  }

  /** {@code java.lang.String @ 0x7f… "text"}: what identifies it stands first, so that a cut at the end does no harm. */
  static String object(String className, String label, long address) {
    return (className.isEmpty() ? "(not in the dump)" : className) + " @ " + address(address)
        + (label.isEmpty() ? "" : " " + label);
  }

  static String address(long address) {
    return "0x" + Long.toHexString(address);
  }

  static String value(HeapValue value) {
    return switch (value) {
      case HeapValue.Nothing _ -> "null";
      case HeapValue.Whole whole -> Long.toString(whole.number());
      case HeapValue.Decimal decimal -> Double.toString(decimal.number());
      case HeapValue.Flag flag -> Boolean.toString(flag.value());
      case HeapValue.Text text -> text.text();
      case HeapValue.Reference reference -> object(reference.className(), reference.label(), reference.address());
      case HeapValue.Many many -> many(many);
    };
  }

  /** {@code 12 values: a, b, c, …}. */
  private static String many(HeapValue.Many many) {
    List<HeapValue> shown = many.values().subList(0, Math.min(MOST_OF_MANY, many.values().size()));
    return "[" + shown.stream().map(HeapWords::value).collect(Collectors.joining(", "))
        + (many.count() > shown.size() ? ", … " + (many.count() - shown.size()) + " more]" : "]");
  }

  static void path(Page page, List<PathStep> path) {
    String indent = "  ";
    for (PathStep step : path) {
      page.line().add(indent).add(step.reference().isEmpty() ? "?" : step.reference(), Style.BOLD).add("  ")
          .fit(page.width(), object(step.className(), step.label(), step.address()), Style.PLAIN);
    }
  }

  static void objects(Page page, List<ObjectLine> objects) {
    page.line().right(12, "retained", Style.FAINT).right(22, "shallow", Style.FAINT);
    for (ObjectLine line : objects) {
      page.line().right(12, page.bytes(line.retainedBytes()), Style.PLAIN)
          .right(22, page.bytes(line.shallowBytes()), Style.FAINT).to(24)
          .fit(page.width(), object(line.className(), line.label(), line.address()), Style.PLAIN);
    }
  }

  /** What a class, a package or a loader holds, a line each. */
  static void histogram(Page page, List<HistogramLine> lines) {
    page.line().right(12, "retained", Style.FAINT).right(22, "shallow", Style.FAINT).right(34, "objects", Style.FAINT);
    for (HistogramLine line : lines) {
      page.line().right(12, page.bytes(line.retainedBytes()), Style.PLAIN)
          .right(22, page.bytes(line.shallowBytes()), Style.PLAIN)
          .right(34, Long.toString(line.objects()), Style.PLAIN).to(36).fit(page.width(), line.name(), Style.PLAIN);
    }
  }
}
