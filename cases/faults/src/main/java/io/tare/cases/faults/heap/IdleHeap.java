package io.tare.cases.faults.heap;

import io.tare.cases.faults.scene.Held;
import io.tare.cases.faults.scene.Setting;
import io.tare.cases.faults.scene.Truth;
import io.tare.cases.faults.self.OwnMappings;
import io.tare.cases.faults.self.UsedHeap;

/** A heap that a burst filled and a collection emptied, and that the collector does not give back. */
public record IdleHeap(long burstBytes, long usedAfterCollection) implements Held {
  public static Held create(Setting setting) {
    int count = Blocks.make(setting.blocks(Blocks.BYTES)).size();
    return new IdleHeap(count * Blocks.BYTES, UsedHeap.bytesAfterCollection());
  }

  @Override
  public void measure(OwnMappings mappings, Truth truth) {
    LiveTruth.state(usedAfterCollection, mappings, truth);
    truth.note("the burst held " + burstBytes + " bytes at once");
  }
}
