package io.tare.include.proxy;

import java.io.PrintStream;
import java.util.function.Consumer;

/** Prints at most some lines a second, and then how many it left out: a broken page under load must not fill the disk. */
public final class QuietLog implements Consumer<String> {
  private static final int LINES_A_SECOND = 10;
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final PrintStream out;
  private long secondStartedNanos = System.nanoTime();
  private int printed;
  private int leftOut;

  public QuietLog(PrintStream out) {
    this.out = out;
  }

  @Override
  public synchronized void accept(String line) {
    if (System.nanoTime() - secondStartedNanos > SECOND_NANOS) {
      if (leftOut > 0) {
        out.println("and " + leftOut + " more lines");
      }
      secondStartedNanos = System.nanoTime();
      printed = 0;
      leftOut = 0;
    }
    if (printed++ < LINES_A_SECOND) {
      out.println(line.replaceAll("\\p{Cntrl}", "?"));
    } else {
      leftOut++;
    }
  }
}
