package io.tare.kit;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What a block allocates on this thread once it is warm. */
public final class AllocatedBytes {
  private static final int WARM_UP = 30_000;
  private static final int ROUNDS = 5;
  private static final int PER_ROUND = 2_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private AllocatedBytes() {}

  /** The fewest bytes that a call allocated on average in any round: what the JVM does beside the block can only add. */
  public static long perCall(Runnable block) {
    for (int i = 0; i < WARM_UP; i++) {
      block.run();
    }
    long fewest = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < PER_ROUND; i++) {
        block.run();
      }
      fewest = Math.min(fewest, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    return fewest / PER_ROUND;
  }
}
