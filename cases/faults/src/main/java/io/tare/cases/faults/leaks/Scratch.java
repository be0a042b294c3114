package io.tare.cases.faults.leaks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Scratch memory of requests: the requests end, the pool's thread does not. */
final class Scratch {
  private static final ThreadLocal<List<byte[]>> USED = ThreadLocal.withInitial(ArrayList::new);

  private Scratch() {}

  static void leak() throws ExecutionException, InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(1, work -> {
      Thread thread = new Thread(work, "pool-worker");
      thread.setDaemon(true);
      return thread;
    });
    pool.submit(() -> {
      for (int i = 0; i < Leaks.MANY; i++) {
        USED.get().add(new byte[Leaks.EACH_BYTES]);
      }
    }).get();
  }
}
