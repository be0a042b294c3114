package io.tare.kit.batch;

/** The source of a {@link BatchReader} failed or broke its promises. */
public final class BatchReadException extends RuntimeException {
  private static final long serialVersionUID = 1;

  BatchReadException(String message) {
    super(message);
  }

  BatchReadException(String message, Throwable cause) {
    super(message, cause);
  }
}
