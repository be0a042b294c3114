import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.tare.offsets.tracker.OffsetTracker;
import io.tare.offsets.tracker.Variant;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The variants side by side in one run: threads share one tracker and update it. Run by {@code bench/offsets/run}.
 *
 * <p>Update-heavy: a window of messages is received, then all threads mark them done, each thread blocks of 64 in shuffled
 * order, one commit a block. Whole life: every message is received, read, done and committed by the threads together.
 */
public final class OffsetsBench {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean PROCESS = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final int BLOCK = 64;

  /** What one pass took. */
  record Pass(double operationsPerSecond, double cpuNanosPerOperation, double bytesPerOperation) {}

  interface Body {
    /** How many operations one block took. */
    long block(int number);
  }

  public static void main(String[] arguments) throws Exception {
    int threads = Integer.parseInt(arguments[0]);
    int messages = Integer.parseInt(arguments[1]);
    int passes = Integer.parseInt(arguments[2]);
    System.out.printf("JDK %s, %d processors, %d threads, %,d messages a pass, median of %d passes, variants in turn, load %s%n",
        Runtime.version(), Runtime.getRuntime().availableProcessors(), threads, messages, passes, PROCESS.getSystemLoadAverage());
    for (String load : List.of("update-heavy", "whole life")) {
      List<List<Pass>> results = new ArrayList<>();
      for (Variant variant : Variant.values()) {
        results.add(new ArrayList<>());
      }
      for (int pass = -2; pass < passes; pass++) {
        for (Variant variant : Variant.values()) {
          Pass result = run(load, variant, threads, messages);
          if (pass >= 0) {
            results.get(variant.ordinal()).add(result);
          }
        }
      }
      print(load, results);
    }
  }

  private static Pass run(String load, Variant variant, int threads, int messages) throws Exception {
    OffsetTracker tracker = variant.create(0, messages);
    int blocks = messages / BLOCK;
    Body body;
    if (load.equals("update-heavy")) {
      for (long offset = 0; offset < (long) blocks * BLOCK; offset++) {
        tracker.append(offset);
      }
      body = number -> update(tracker, (long) number * BLOCK);
    } else {
      // Offsets ascend only if blocks are received one after the other.
      Object receiving = new Object();
      long[] next = {0};
      body = number -> {
        long first;
        synchronized (receiving) {
          first = next[0];
          for (int i = 0; i < BLOCK; i++) {
            tracker.append(first + i);
          }
          next[0] += BLOCK;
        }
        for (int i = 0; i < BLOCK; i++) {
          tracker.read(first + i);
        }
        return 2 * BLOCK + update(tracker, first);
      };
    }
    Pass pass = measure(body, threads, blocks);
    if (tracker.commitNextToRead() != (long) blocks * BLOCK) {
      throw new IllegalStateException(variant + " lost something");
    }
    return pass;
  }

  private static long update(OffsetTracker tracker, long first) {
    for (int i = 0; i < BLOCK; i++) {
      if (!tracker.done(first + i * 37 % BLOCK)) {
        throw new IllegalStateException("done before");
      }
    }
    tracker.commitNextToRead();
    return BLOCK + 1;
  }

  private static Pass measure(Body body, int threads, int blocks) throws Exception {
    System.gc();
    AtomicInteger next = new AtomicInteger();
    CountDownLatch start = new CountDownLatch(1);
    long[] operations = new long[threads];
    long[] allocated = new long[threads];
    List<Thread> workers = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      int thread = t;
      Thread worker = new Thread(() -> {
        await(start);
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        long done = 0;
        for (int block = next.getAndIncrement(); block < blocks; block = next.getAndIncrement()) {
          done += body.block(block);
        }
        operations[thread] = done;
        allocated[thread] = THREADS.getCurrentThreadAllocatedBytes() - bytes;
      });
      worker.start();
      workers.add(worker);
    }
    long cpu = PROCESS.getProcessCpuTime();
    long wall = System.nanoTime();
    start.countDown();
    for (Thread worker : workers) {
      worker.join();
    }
    wall = System.nanoTime() - wall;
    cpu = PROCESS.getProcessCpuTime() - cpu;
    double all = Arrays.stream(operations).sum();
    return new Pass(all / wall * 1e9, cpu / all, Arrays.stream(allocated).sum() / all);
  }

  private static void await(CountDownLatch start) {
    try {
      start.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void print(String load, List<List<Pass>> results) {
    System.out.printf("%n%-14s %16s %14s %14s %10s %10s%n", load, "operations/s", "CPU ns/op", "B/op", "ops/s ×", "CPU ×");
    double slowest = median(results.getFirst().stream().mapToDouble(Pass::operationsPerSecond).toArray());
    double dearest = median(results.getFirst().stream().mapToDouble(Pass::cpuNanosPerOperation).toArray());
    for (Variant variant : Variant.values()) {
      List<Pass> passes = results.get(variant.ordinal());
      double speed = median(passes.stream().mapToDouble(Pass::operationsPerSecond).toArray());
      double cpu = median(passes.stream().mapToDouble(Pass::cpuNanosPerOperation).toArray());
      double bytes = median(passes.stream().mapToDouble(Pass::bytesPerOperation).toArray());
      System.out.printf(Locale.ROOT, "%-14s %,16.0f %14.1f %14.3f %10.1f %10.1f%n", variant.label(), speed, cpu, bytes, speed / slowest, dearest / cpu);
    }
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
