package io.tare.cases.faults.threads;

import io.tare.cases.faults.self.OwnMappings;
import io.tare.cases.faults.self.OwnStacks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Threads that have touched their stacks down to a depth and wait there. */
record DeepThreads(List<Thread> threads, CountDownLatch end) {
  private static final String NAME = "deep-";
  private static final long LARGEST = 700 << 10;
  private static final long ROOM = 512 << 10;
  /** What a frame of {@link #descend} takes at least; what the stacks really weigh is measured. */
  private static final int FRAME_BYTES = 80;

  static DeepThreads start(int count, long bytesEach) throws InterruptedException {
    long bytes = Math.min(bytesEach, LARGEST);
    int depth = (int) (bytes / FRAME_BYTES);
    CountDownLatch down = new CountDownLatch(count);
    CountDownLatch end = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(null, () -> descend(depth, down, end), NAME + i, 2 * bytes + ROOM);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    down.await();
    return new DeepThreads(threads, end);
  }

  private static long descend(int depth, CountDownLatch down, CountDownLatch end) {
    if (depth > 0) {
      return depth + descend(depth - 1, down, end);
    }
    down.countDown();
    try {
      end.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  OwnStacks stacks(OwnMappings mappings) throws IOException {
    return OwnStacks.of(mappings, thread -> thread.name().startsWith(NAME));
  }

  void finishAndJoin() throws InterruptedException {
    end.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
