package io.tare.probe;

import java.util.Arrays;
import java.util.Locale;

/**
 * A program that prints what the probe's calls cost: {@code java -cp … io.tare.probe.ProbeBench}. The median, the best and the
 * worst of batches of calls.
 */
public final class ProbeBench {
  private static final int BATCHES = 31;
  private static volatile Object sink;

  private ProbeBench() {}

  public static void main(String[] arguments) throws InterruptedException {
    System.out.println("Java " + Runtime.version() + ", " + Runtime.getRuntime().availableProcessors() + " processors");
    print("MemoryStats.now()", 10_000, () -> sink = MemoryStats.now());
    print("MemoryStats.withRss()", 500, () -> sink = MemoryStats.withRss());
    print("Marks.at(label, items)", 10_000, () -> Marks.at("AFTER_BATCH", 17));
    print("Marks.tick(label, items)", 100_000, () -> Marks.tick("AFTER_BATCH", 17));
    print("System.nanoTime()", 100_000, () -> sink = System.nanoTime() > 0 ? null : "");
    threads(8, 500_000);
  }

  private static void print(String name, int calls, Runnable work) {
    double[] nanosPerCall = new double[BATCHES];
    for (int batch = 0; batch < BATCHES; batch++) {
      long start = System.nanoTime();
      for (int i = 0; i < calls; i++) {
        work.run();
      }
      nanosPerCall[batch] = (double) (System.nanoTime() - start) / calls;
    }
    Arrays.sort(nanosPerCall);
    System.out.printf(Locale.ROOT, "%-26s %10.0f ns (best %.0f, worst %.0f), %s%n", name, nanosPerCall[BATCHES / 2],
        nanosPerCall[0],
        nanosPerCall[BATCHES - 1], Allocations.perCall(work::run));
  }

  private static void threads(int count, int marksEach) throws InterruptedException {
    Thread[] threads = new Thread[count];
    long start = System.nanoTime();
    for (int t = 0; t < count; t++) {
      threads[t] = new Thread(() -> {
        for (int i = 0; i < marksEach; i++) {
          Marks.tick("AFTER_BATCH", i);
        }
      });
      threads[t].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(Locale.ROOT, "%d threads: %.2f million marks/s in all%n", count,
        count * (double) marksEach / seconds / 1e6);
  }
}
