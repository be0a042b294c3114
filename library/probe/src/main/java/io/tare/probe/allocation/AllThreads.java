package io.tare.probe.allocation;

import io.tare.probe.Work;
import io.tare.probe.jvm.ThreadAllocation;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Allocation of a block and of the threads that it starts. */
final class AllThreads {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int READINGS_AFTER = 5;
  private static final long PAUSE_NANOS = 200_000;

  private record Counters(long ownBytes, long othersBytes, long threadsStarted) {
    static Counters read() {
      long threadsStarted = THREADS.getTotalStartedThreadCount();
      long totalBytes = ThreadAllocation.ofProcess();
      long ownBytes = ThreadAllocation.ofThisThread();
      return new Counters(Math.max(0, ownBytes), totalBytes - Math.max(0, ownBytes), threadsStarted);
    }
  }

  private AllThreads() {}

  static <X extends Exception> Allocation measure(Work<X> work) throws X {
    boolean totalKnown = ThreadAllocation.ofProcess() >= 0;
    Map<Long, Long> bystanders = bystanders();
    Counters before = Counters.read();
    long ownBefore = Math.max(0, ThreadAllocation.ofThisThread());
    work.run();
    long ownBytes = Math.max(0, ThreadAllocation.ofThisThread()) - ownBefore;
    Counters after = Counters.read();
    return totalKnown
        ? byTotal(ownBytes, othersBytes() - before.othersBytes, bystanders)
        : byLivingThreads(ownBytes, before, after, bystanders);
  }

  /** A thread that was joined a moment ago may be missing from one reading of the total, never from all. */
  private static long othersBytes() {
    long othersBytes = 0;
    for (int i = 0; i < READINGS_AFTER; i++) {
      othersBytes = Math.max(othersBytes, Counters.read().othersBytes);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return othersBytes;
  }

  private static Allocation byTotal(long ownBytes, long othersBytes, Map<Long, Long> bystanders) {
    long bystanderBytes = 0;
    for (Map.Entry<Long, Long> bystander : bystanders.entrySet()) {
      bystanderBytes += Math.max(0, ThreadAllocation.ofThread(bystander.getKey()) - bystander.getValue());
    }
    long bytes = ownBytes + Math.max(0, othersBytes - bystanderBytes);
    return bystanderBytes == 0
        ? Allocation.exactly(bytes)
        : new Allocation(bytes, false, "other threads allocated " + bystanderBytes + " B meanwhile, taken off");
  }

  private static Allocation byLivingThreads(long ownBytes, Counters before, Counters after,
      Map<Long, Long> bystanders) {
    long bytes = ownBytes;
    long alive = 0;
    for (long id : THREADS.getAllThreadIds()) {
      if (!bystanders.containsKey(id) && id != Thread.currentThread().getId()) {
        bytes += Math.max(0, ThreadAllocation.ofThread(id));
        alive++;
      }
    }
    long ended = after.threadsStarted - before.threadsStarted - alive;
    return ended <= 0
        ? Allocation.exactly(bytes)
        : new Allocation(bytes, false,
            "at least: " + ended
                + " threads ended before they could be asked; JDK 21, and late updates of 17, count them");
  }

  /** The platform threads alive now, without the caller and the shared workers, and what each had allocated. */
  private static Map<Long, Long> bystanders() {
    Map<Long, Long> bytesById = new HashMap<>();
    for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
      if (thread != null && thread.getThreadId() != Thread.currentThread().getId()
          && !thread.getThreadName().contains("ForkJoinPool")) {
        bytesById.put(thread.getThreadId(), ThreadAllocation.ofThread(thread.getThreadId()));
      }
    }
    return bytesById;
  }
}
