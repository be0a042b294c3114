package io.tare.sync.command;

/** As Tare's own. */
public final class ExitCode {
  public static final int FINE = 0;
  /** It ran, but files are left over, or deletions were held back. */
  public static final int FILES_FAILED = 1;
  public static final int USAGE = 2;
  public static final int COULD_NOT_RUN = 3;

  private ExitCode() {}
}
