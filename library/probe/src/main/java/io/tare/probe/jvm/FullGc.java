package io.tare.probe.jvm;

import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The full GC that a histogram and a heap dump of living objects begin with. */
public final class FullGc {
  /** ZGC and Shenandoah leave out the GC that is promised, and count what is only weakly reachable. */
  private static final boolean ASKING_RUNS_NONE = ManagementFactory.getGarbageCollectorMXBeans().stream()
      .anyMatch(collector -> collector.getName().startsWith("ZGC") || collector.getName().startsWith("Shenandoah"));
  private static final int MOST_TRIES = 10;
  private static final int PAUSE_MILLIS = 10;

  private FullGc() {}

  /** To be called before the JVM is asked for what lives; runs one only where asking runs none. */
  public static void beforeAsking() {
    if (ASKING_RUNS_NONE) {
      System.gc();
    }
  }

  /**
   * Runs them until what ended threads held is gone. The JVM itself holds threads that have ended until another of its threads has had
   * its turn, which on a busy machine takes a while, and lets the newest go first: so when one that ended after them is gone, and then
   * another one, they all are.
   */
  public static void untilEndedThreadsAreGone() {
    runUntilGone(threadThatEnds());
    runUntilGone(threadThatEnds());
  }

  private static void runUntilGone(WeakReference<Thread> ended) {
    for (int tries = 1; tries <= MOST_TRIES; tries++) {
      System.gc();
      if (ended.refersTo(null)) {
        return;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos((long) PAUSE_MILLIS * tries));
    }
  }

  private static WeakReference<Thread> threadThatEnds() {
    Thread thread = new Thread(Thread::yield, "tare-ended");
    thread.setDaemon(true);
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    return new WeakReference<>(thread);
  }
}
