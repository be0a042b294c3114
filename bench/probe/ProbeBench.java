import io.tare.probe.allocation.Allocations;
import io.tare.probe.marks.Marks;
import io.tare.probe.MemoryStats;
import io.tare.probe.leftovers.ClassHistogram;
import java.util.Arrays;
import java.util.Locale;

/** Prints what 1,000 calls of each of the probe's readings cost: the median, the best and the worst of 31 batches; and the bytes that one allocates. */
public final class ProbeBench {
  private static final int BATCHES = 31;
  private static volatile Object sink;

  public static void main(String[] arguments) throws InterruptedException {
    System.out.println("Java " + Runtime.version() + ", "
        + Runtime.getRuntime().maxMemory() / (1 << 20) + " MB of heap at the most");
    System.out.println("| call | ms for 1,000 | best | worst | bytes allocated |");
    System.out.println("|---|---|---|---|---|");
    row("`MemoryStats.now()`", 10_000, () -> sink = MemoryStats.now());
    row("`MemoryStats.withRss()`", 500, () -> sink = MemoryStats.withRss());
    row("`MemoryStats.now().line(label)`", 1000, () -> sink = MemoryStats.now().line("AFTER_BATCH"));
    MemoryStats before = MemoryStats.now();
    row("`minus(before).allocatedBytesPerSecond()`", 10_000, () -> sink = MemoryStats.now().minus(before).allocatedBytesPerSecond());
    row("`Marks.at(label, items)`", 10_000, () -> Marks.at("AFTER_BATCH", 17));
    row("`Marks.tick(label, items)`", 100_000, () -> Marks.tick("AFTER_BATCH", 17));
    row("`Allocations.of(work)`", 10_000, () -> sink = Allocations.of(() -> {}));
    row("`ClassHistogram.afterGc()`", 3, () -> sink = ClassHistogram.afterGc());
    row("`System.nanoTime()`, to compare", 100_000, () -> sink = System.nanoTime() > 0 ? null : "");
  }

  private static void row(String name, int calls, Runnable work) {
    double[] millisPer1000 = new double[BATCHES];
    for (int batch = 0; batch < BATCHES; batch++) {
      long start = System.nanoTime();
      for (int i = 0; i < calls; i++) {
        work.run();
      }
      millisPer1000[batch] = (System.nanoTime() - start) / 1e3 / calls;
    }
    Arrays.sort(millisPer1000);
    long[] bytes = new long[BATCHES];
    for (int i = 0; i < BATCHES; i++) {
      bytes[i] = Allocations.of(work::run).bytes();
    }
    Arrays.sort(bytes);
    System.out.printf(Locale.ROOT, "| %s | %.2f | %.2f | %.2f | %,d |%n", name, millisPer1000[BATCHES / 2], millisPer1000[0],
        millisPer1000[BATCHES - 1], bytes[BATCHES / 2]);
  }
}
