package io.tare.cases.faults.scene;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;

/** Waits until the JVM's compilers have nothing to do any more, so that what is measured stays as it is. */
final class Settling {
  private static final int QUIET_ROUNDS = 3;
  private static final int MOST_ROUNDS = 100;
  private static final long ROUND_MILLIS = 60;

  private Settling() {}

  static void untilQuiet() throws InterruptedException {
    CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
    long before = -1;
    int quiet = 0;
    for (int round = 0; round < MOST_ROUNDS && quiet < QUIET_ROUNDS; round++) {
      long now = compilers.getTotalCompilationTime();
      quiet = now == before ? quiet + 1 : 0;
      before = now;
      Thread.sleep(ROUND_MILLIS);
    }
  }
}
