package io.tare.report.look;

import io.tare.model.ledger.Kind;

/** How a piece of text looks on a terminal that has colours. Sparse: colour stands for a kind of bytes or for danger. */
public enum Style {
  PLAIN(""), BOLD("1"), FAINT("2"), GREEN("32"), YELLOW("33"), BLUE("34"), MAGENTA("35"), CYAN("36"), RED("1;31");

  private final String code;

  Style(String code) {
    this.code = code;
  }

  public static Style of(Kind kind) {
    return switch (kind) {
      case LIVE, USED -> GREEN;
      case UNKNOWN -> PLAIN;
      case GARBAGE, IDLE -> YELLOW;
      case MACHINERY -> CYAN;
      case FILE -> BLUE;
      case SHARED -> MAGENTA;
      case UNEXPLAINED -> RED;
    };
  }

  /** The text between this style's code and the one that ends it. */
  String paint(String text) {
    return this == PLAIN || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
