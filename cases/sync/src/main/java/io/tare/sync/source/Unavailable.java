package io.tare.sync.source;

import java.io.IOException;

/** A whole source or destination can't be used: no bucket, wrong credentials, refused. Trying again or another file is no use. */
public final class Unavailable extends IOException {
  private static final long serialVersionUID = 1;

  public Unavailable(String message) {
    super(message);
  }

  public Unavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
