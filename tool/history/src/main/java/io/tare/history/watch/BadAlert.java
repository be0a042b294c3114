package io.tare.history.watch;

/** An alert that makes no sense; the message says what would. */
public final class BadAlert extends Exception {
  private static final long serialVersionUID = 1L;

  public BadAlert(String message) {
    super(message);
  }
}
