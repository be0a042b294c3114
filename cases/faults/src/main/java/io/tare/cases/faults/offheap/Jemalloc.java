package io.tare.cases.faults.offheap;

import io.tare.cases.faults.scene.Held;
import io.tare.cases.faults.scene.Setting;
import io.tare.cases.faults.scene.Skipped;
import io.tare.cases.faults.scene.Truth;
import io.tare.cases.faults.self.OwnMappings;
import java.io.IOException;

/** Small native blocks in a JVM whose malloc is jemalloc. */
public final class Jemalloc implements Held {
  private final MallocBlocks blocks;

  private Jemalloc(MallocBlocks blocks) {
    this.blocks = blocks;
  }

  public static Held create(Setting setting) throws IOException, Skipped {
    if (OwnMappings.read().matching(mapping -> mapping.path().contains("libjemalloc")).isEmpty()) {
      throw new Skipped(
          "libjemalloc is not loaded: start with LD_PRELOAD=libjemalloc.so.2 (Debian package libjemalloc2)");
    }
    return new Jemalloc(MallocBlocks.make(setting.sizeBytes()));
  }

  @Override
  public void measure(OwnMappings mappings, Truth truth) {
    truth.atLeast("malloc.used", blocks.requestedBytes());
    truth.note(blocks.count() + " blocks");
  }
}
