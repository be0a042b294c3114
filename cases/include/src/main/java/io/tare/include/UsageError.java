package io.tare.include;

import org.jspecify.annotations.Nullable;

/** The command line asks for something that there is not; the message says what there is. */
final class UsageError extends RuntimeException {
  private static final long serialVersionUID = 1;

  UsageError(String message) {
    super(message);
  }

  UsageError(@Nullable String message, Throwable cause) {
    super(message, cause);
  }
}
