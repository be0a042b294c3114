package io.tare.app.cli;

/** What the exit code tells a script. */
public final class ExitCode {
  public static final int FINE = 0;

  /** The answer to a question that was asked for a verdict, as {@code check} does: it is no. What only explains is {@link #FINE}. */
  public static final int FINDING = 1;

  public static final int USAGE = 2;
  public static final int COULD_NOT_MEASURE = 3;

  /** What a shell says of a program that SIGPIPE has ended: whoever read the answer has gone. */
  public static final int READER_GONE = 128 + 13;

  private ExitCode() {}
}
