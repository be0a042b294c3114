package io.tare.cases.faults.offheap;

import io.tare.cases.faults.scene.Held;
import io.tare.cases.faults.scene.Setting;
import io.tare.cases.faults.scene.Truth;
import io.tare.cases.faults.self.OwnMappings;

/** Very many small native blocks that are never freed. */
public final class SmallMallocs implements Held {
  private final MallocBlocks blocks;

  private SmallMallocs(MallocBlocks blocks) {
    this.blocks = blocks;
  }

  public static Held create(Setting setting) {
    return new SmallMallocs(MallocBlocks.make(setting.sizeBytes()));
  }

  @Override
  public void measure(OwnMappings mappings, Truth truth) {
    truth.atLeast("malloc.used", blocks.chunkBytes());
    truth.note(blocks.count() + " blocks, " + blocks.requestedBytes() + " bytes requested");
  }
}
