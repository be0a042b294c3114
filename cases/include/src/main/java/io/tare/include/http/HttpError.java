package io.tare.include.http;

import java.io.IOException;

/** What the other side sent can't be taken, or did not come; with the status to answer by. */
public final class HttpError extends IOException {
  private static final long serialVersionUID = 1;

  private final int status;

  public HttpError(int status, String message) {
    super(message);
    this.status = status;
  }

  public HttpError(int status, String message, Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  public int status() {
    return status;
  }
}
