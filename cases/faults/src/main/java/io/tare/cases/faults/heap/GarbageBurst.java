package io.tare.cases.faults.heap;

import io.tare.cases.faults.scene.Held;
import io.tare.cases.faults.scene.Setting;
import io.tare.cases.faults.scene.Truth;
import io.tare.cases.faults.self.Collector;
import io.tare.cases.faults.self.OwnMappings;
import io.tare.cases.faults.self.UsedHeap;
import java.lang.ref.Reference;
import java.util.List;

/** Objects that were all needed a moment ago: garbage that waits for a collection which nothing calls for. */
public record GarbageBurst(long liveBefore, long droppedBytes, long collectionsAtDrop) implements Held {
  public static Held create(Setting setting) {
    long liveBefore = UsedHeap.bytesAfterCollection();
    List<byte[]> blocks = Blocks.make(setting.blocks(Blocks.BYTES));
    try {
      return new GarbageBurst(liveBefore, blocks.size() * Blocks.BYTES, Collector.collections());
    } finally {
      // counting allocates too: a collection that it sets off must not find the blocks dropped already
      Reference.reachabilityFence(blocks);
    }
  }

  @Override
  public void measure(OwnMappings mappings, Truth truth) {
    LiveTruth.state(liveBefore, mappings, truth);
    if (Collector.collections() == collectionsAtDrop) {
      truth.atLeast("heap.garbage", droppedBytes).atLeast("heap.used", droppedBytes);
    } else {
      truth.note("a collection ran after the objects were dropped: heap.garbage is not stated");
    }
  }
}
