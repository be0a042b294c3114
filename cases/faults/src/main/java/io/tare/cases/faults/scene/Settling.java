package io.tare.cases.faults.scene;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Waits until compilers and collector have nothing to do any more, so that what is measured stays as it is. */
final class Settling {
  private static final int QUIET_ROUNDS = 5;
  private static final int MOST_ROUNDS = 100;
  private static final long ROUND_MILLIS = 60;
  /** A tenth of a round; a compiler that waits for a busy machine's processor gets more than that. */
  private static final long QUIET_NANOS = ROUND_MILLIS * 1_000_000 / 10;

  private Settling() {}

  static void untilQuiet() throws InterruptedException {
    OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long before = process.getProcessCpuTime();
    int quiet = 0;
    for (int round = 0; round < MOST_ROUNDS && quiet < QUIET_ROUNDS; round++) {
      Thread.sleep(ROUND_MILLIS);
      long now = process.getProcessCpuTime();
      quiet = now - before < QUIET_NANOS ? quiet + 1 : 0;
      before = now;
    }
  }
}
