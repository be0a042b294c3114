package io.tare.include.fragment;

/** A src that names nothing that may be fetched. */
public final class BadAddress extends Exception {
  private static final long serialVersionUID = 1;

  BadAddress(String message) {
    super(message);
  }

  BadAddress(String message, Throwable cause) {
    super(message, cause);
  }
}
