package io.tare.sync.source;

import java.io.IOException;

/** The source does not have the file any more. */
public final class FileGone extends IOException {
  private static final long serialVersionUID = 1;

  public FileGone(String what) {
    super("the source does not have " + what + " any more");
  }
}
