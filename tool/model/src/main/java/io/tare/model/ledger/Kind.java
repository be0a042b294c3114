package io.tare.model.ledger;

import java.util.Locale;

/** What sort of bytes an account holds. */
public enum Kind {
  LIVE("the program's own, and still needed"),
  GARBAGE("dead objects that wait for a collection"),
  USED(
      "the program's own; live and dead can't be told apart without a walk"),
  IDLE(
      "resident, but holds nothing"),
  UNKNOWN("in use or idle: not known"),
  MACHINERY("what the runtime needs to run the program"),
  FILE(
      "file pages that the kernel can drop or write back"),
  SHARED(
      "shared with other processes or mapped more than once"),
  UNEXPLAINED("no owner found");

  private final String words;

  Kind(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }

  /** The kind's name as JSON and text print it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
