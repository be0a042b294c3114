package io.tare.cases.faults.overtime;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Requests in a pool of threads; each leaves a little in its thread's thread-local, which nobody removes. */
final class ThreadLocalPlot implements Plot {
  private static final int THREADS = 4;
  private static final int KEPT = 2 << 10;

  private final ThreadLocal<List<byte[]>> context = ThreadLocal.withInitial(ArrayList::new);
  private final ExecutorService pool = Executors.newFixedThreadPool(THREADS, ThreadPlot::daemon);
  private final long perMinute;
  private long kept;

  ThreadLocalPlot(long perMinute) {
    this.perMinute = perMinute;
  }

  @Override
  public void reach(double minute) {
    for (; kept < minute * perMinute; kept += KEPT) {
      pool.execute(() -> context.get().add(new byte[KEPT - 16]));
    }
  }
}
