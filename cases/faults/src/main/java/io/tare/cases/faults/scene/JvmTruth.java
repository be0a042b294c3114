package io.tare.cases.faults.scene;

import io.tare.cases.faults.self.Collector;
import io.tare.cases.faults.self.OwnHeap;
import io.tare.cases.faults.self.OwnMappings;
import io.tare.cases.faults.self.OwnStacks;
import io.tare.cases.faults.self.OwnThread;
import io.tare.cases.faults.self.Pools;
import io.tare.cases.faults.self.UsedHeap;
import java.io.IOException;
import java.util.List;

/** What every JVM can say of itself, whatever its situation: heap, class metadata, compiled code, stacks. */
final class JvmTruth {
  /** {@code NMethodSizeLimit} and a tenth of it, on a 64-bit machine. */
  private static final long C1_BUFFER = (512 << 10) * 11 / 10;

  /** Saying the truth, after it was measured, may take a fresh thread buffer. */
  static final long TELLING = 512 << 10;

  private JvmTruth() {}

  static void outsideTheHeap(OwnMappings mappings, Truth truth) throws IOException {
    truth.exact("stacks.java+stacks.native", OwnStacks.of(mappings, thread -> true).residentBytes());
    bounds(truth, "metaspace.class", Pools.classSpace());
    bounds(truth, "metaspace.nonclass", Pools.metaspaceOutsideClassSpace());
    code(truth, OwnThread.read());
  }

  /** Every C1 thread has a scratch buffer in the code cache, which counts as used and is hardly touched. */
  private static void code(Truth truth, List<OwnThread> threads) {
    long compilers = threads.stream().filter(thread -> thread.name().startsWith("C1 Compiler")).count();
    Pools.Bounds code = Pools.code();
    bounds(truth, "code.cache", new Pools.Bounds(code.used() - Math.max(1, compilers) * C1_BUFFER, code.committed()));
  }

  private static void bounds(Truth truth, String account, Pools.Bounds bounds) {
    truth.atLeast(account, bounds.used()).atMost(account, bounds.committed());
  }

  static void heap(OwnHeap heap, UsedHeap used, Truth truth) {
    if (!heap.found()) {
      truth.note("the heap's mappings were not found: heap.idle is not stated");
      return;
    }
    truth.exact("heap.used+heap.idle", heap.residentBytes());
    if (heap.duplicateBytes() > 0) {
      truth.exact("heap.duplicate", heap.duplicateBytes());
    }
    if (Collector.current().countsObjects()) {
      used(heap, used, truth);
    }
  }

  private static void used(OwnHeap heap, UsedHeap used, Truth truth) {
    long usedBytes = used.usedBytes() - heap.archiveBytes();
    long idleBytes = Math.max(0, heap.residentBytes() - usedBytes);
    if (used.allTouched()) {
      truth.exact("heap.used", usedBytes).exact("heap.idle", idleBytes);
    } else {
      truth.atMost("heap.used", usedBytes + TELLING).atLeast("heap.idle", idleBytes - Math.min(idleBytes, TELLING));
    }
  }
}
