package io.tare.formats;

/** The input is not in the parser's format at all. Malformed input of the right format is a {@link io.tare.model.Problem}. */
public final class NotThisFormat extends Exception {
  private static final long serialVersionUID = 1L;

  public NotThisFormat(String message) {
    super(message);
  }
}
