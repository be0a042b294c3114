package io.tare.app.heap;

import io.tare.app.cli.Console;
import io.tare.heap.HeapProgress;

/** How far an analysis is, on one line of a terminal, with the time that the present step still takes. */
final class HeapSteps implements HeapProgress, AutoCloseable {
  private static final long REDRAW_NANOS = 200_000_000;

  private final Console console;
  private String step = "";
  private long stepBegan;
  private long drawn;

  HeapSteps(Console console) {
    this.console = console;
  }

  @Override
  public synchronized void at(String name, long done, long total) {
    long now = System.nanoTime();
    if (!name.equals(step)) {
      step = name;
      stepBegan = now;
    }
    if (console.errIsTerminal() && now - drawn > REDRAW_NANOS) {
      drawn = now;
      console.err().showStep(name + measure(done, total, now));
    }
  }

  private String measure(long done, long total, long now) {
    if (total <= 0 || done <= 0) {
      return " …";
    }
    long secondsLeft = (long) ((now - stepBegan) / 1e9 * Math.max(0, total - done) / done);
    return " … " + Math.min(100, 100 * done / total) + " %, " + secondsLeft + " s left";
  }

  @Override
  public synchronized void close() {
    if (drawn != 0) {
      drawn = 0;
      console.err().clearStep();
    }
  }
}
