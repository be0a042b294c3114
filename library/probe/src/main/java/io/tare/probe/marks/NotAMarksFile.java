package io.tare.probe.marks;

import java.io.IOException;

/** The bytes are not a marks file of a version that this code reads. */
public final class NotAMarksFile extends IOException {
  private static final long serialVersionUID = 1L;

  public NotAMarksFile(String why) {
    super(why);
  }
}
