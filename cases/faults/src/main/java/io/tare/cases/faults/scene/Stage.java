package io.tare.cases.faults.scene;

import io.tare.cases.faults.self.Collector;
import io.tare.cases.faults.self.OwnHeap;
import io.tare.cases.faults.self.OwnMappings;
import io.tare.cases.faults.self.UsedHeap;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Plays a situation in this JVM: creates it, lets it settle, prints its truth, holds it until the input ends. */
public record Stage(String fault, Duration hold) {
  private static final int MOST_ATTEMPTS = 40;
  private static final long SETTLED_MILLIS = 20;

  public void play(Situation situation, Setting setting) throws IOException, InterruptedException, Skipped {
    Hold.endAfter(hold);
    // The first measurement loads classes and caches beans: it must not count as the situation's.
    measure((mappings, truth) -> {});
    try (Held held = situation.create(setting)) {
      measure(held);
      Settling.untilQuiet();
      System.out.println(measureWhatStays(held));
      System.out.flush();
      Hold.untilInputEnds();
    }
  }

  /**
   * Telling it makes garbage: when that brought a collection, the heap is another by now, and is measured again. The concurrent part of a
   * cycle frees regions too, and JDK 17 counts it nowhere: what is used may have grown by what was told, and not have shrunk.
   */
  private String measureWhatStays(Held held) throws IOException, InterruptedException {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      long before = collections();
      Measured measured = measure(held);
      Thread.sleep(SETTLED_MILLIS);
      long more = UsedHeap.bytes() - measured.usedBytes();
      boolean isSteady = !Collector.current().countsObjects() || (more >= 0 && more <= JvmTruth.TELLING);
      if (collections() == before && isSteady) {
        return measured.line();
      }
    }
    throw new IOException("the heap of " + fault + " does not come to rest");
  }

  private record Measured(String line, long usedBytes) {}

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount).sum();
  }

  /** The heap comes last and its mappings are read anew: all that is done before leaves garbage in it. */
  private Measured measure(Held held) throws IOException {
    Truth truth = new Truth();
    OwnMappings before = OwnMappings.read();
    held.measure(before, truth);
    JvmTruth.outsideTheHeap(before, truth);
    boolean allTouched = UsedHeap.isAllTouched();
    OwnMappings mappings = OwnMappings.read();
    UsedHeap used = new UsedHeap(UsedHeap.bytes(), allTouched);
    JvmTruth.heap(OwnHeap.in(mappings), used, truth);
    return new Measured(TruthLine.of(fault, mappings.rssBytes(), truth), used.usedBytes());
  }
}
