package io.tare.cases.faults.scene;

/** The situation can't be made here; the message says what is missing. */
public final class Skipped extends Exception {
  private static final long serialVersionUID = 1L;

  public Skipped(String reason) {
    super(reason);
  }
}
