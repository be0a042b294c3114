package io.tare.offsets.round;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A named platform thread that works until it has no more to do or is asked to stop, and keeps what it died of. */
abstract class Loop {
  private final Thread thread;
  private final Stop stop;
  private volatile @Nullable Throwable failure;

  Loop(String name, Partition partition, Stop stop) {
    this.stop = stop;
    this.thread = new Thread(this::run, "offsets-" + name + "-" + partition.number());
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((ended, cause) -> fail(cause));
  }

  final void start() {
    thread.start();
  }

  final void join() throws InterruptedException {
    thread.join();
  }

  final Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  private void run() {
    boolean more = true;
    while (more && !stop.isAsked()) {
      more = step();
    }
  }

  /** The other loops of the round would wait for this one for ever. */
  private void fail(Throwable cause) {
    failure = cause;
    stop.now();
  }

  /** Does some work; false when there is none left. */
  abstract boolean step();

  /** Waits for the other loops. */
  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
