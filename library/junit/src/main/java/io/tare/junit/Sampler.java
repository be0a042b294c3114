package io.tare.junit;

import java.util.concurrent.locks.LockSupport;

/** A thread that looks at something every few milliseconds until it is stopped. */
final class Sampler {
  private static final long PERIOD_NANOS = 5_000_000L;

  private final Thread thread;
  private volatile boolean stopped;

  Sampler(Runnable look) {
    thread = new Thread(() -> run(look), "tare-guard");
    thread.setDaemon(true);
    thread.start();
  }

  private void run(Runnable look) {
    while (!stopped) {
      look.run();
      LockSupport.parkNanos(PERIOD_NANOS);
    }
  }

  void stop() {
    stopped = true;
    LockSupport.unpark(thread);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
