package io.tare.cases.faults.overtime;

import java.util.concurrent.CountDownLatch;

/** Threads that are started and wait for something that never comes. */
final class ThreadPlot implements Plot {
  private final CountDownLatch never = new CountDownLatch(1);
  private final long perMinute;
  private int started;

  ThreadPlot(long perMinute) {
    this.perMinute = perMinute;
  }

  @Override
  public void reach(double minute) {
    for (; started < (long) (minute * perMinute); started++) {
      daemon(this::waitForEver).start();
    }
  }

  static Thread daemon(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    return thread;
  }

  private void waitForEver() {
    try {
      never.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
