package io.tare.capture.file;

/** A file that is no capture, or none that this version can open. The message is for people. */
public final class CaptureFileException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  public CaptureFileException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** What is wrong with the file. */
  public enum Reason {
    UNREADABLE, NOT_A_CAPTURE, TRUNCATED, DAMAGED, NEWER_VERSION, TOO_LARGE
  }
}
