package io.tare.cases.faults.heap;

import io.tare.cases.faults.scene.Truth;
import io.tare.cases.faults.self.Collector;
import io.tare.cases.faults.self.OwnHeap;
import io.tare.cases.faults.self.OwnMappings;

/** States the live heap from what a full collection left, where the collector counts by objects. */
final class LiveTruth {
  private LiveTruth() {}

  static void state(long usedAfterCollection, OwnMappings mappings, Truth truth) {
    if (Collector.current().countsObjects()) {
      truth.exact("heap.live", usedAfterCollection - OwnHeap.in(mappings).archiveBytes());
    }
  }
}
