package io.tare.cases.faults.heap;

import io.tare.cases.faults.scene.Held;
import io.tare.cases.faults.scene.Setting;
import io.tare.cases.faults.scene.Truth;
import io.tare.cases.faults.self.OwnMappings;
import io.tare.cases.faults.self.UsedHeap;
import java.util.List;

/** A heap full of objects that are all needed. */
public record LiveHeap(List<byte[]> blocks, long usedAfterCollection) implements Held {
  public static Held create(Setting setting) {
    List<byte[]> blocks = Blocks.make(setting.blocks(Blocks.BYTES));
    return new LiveHeap(blocks, UsedHeap.bytesAfterCollection());
  }

  @Override
  public void measure(OwnMappings mappings, Truth truth) {
    truth.atLeast("heap.used", blocks.size() * Blocks.BYTES);
    LiveTruth.state(usedAfterCollection, mappings, truth);
  }
}
