package io.tare.sync.command;

/** Typed wrongly; the message says what. */
public final class UsageException extends Exception {
  private static final long serialVersionUID = 1;

  public UsageException(String message) {
    super(message);
  }
}
