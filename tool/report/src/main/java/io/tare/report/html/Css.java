package io.tare.report.html;

import io.tare.model.ledger.Kind;

/** Values for style attributes: numbers only, never a text from the target. */
final class Css {
  private Css() {}

  /** {@code 46.832%}. */
  static String percent(double share) {
    return Math.round(share * 100_000) / 1000.0 + "%";
  }

  static String width(double share) {
    return "width:" + percent(share);
  }

  static String leftWidth(double left, double width) {
    return "left:" + percent(left) + ";width:" + percent(width);
  }

  static String kind(Kind kind) {
    return "k-" + kind.label();
  }
}
