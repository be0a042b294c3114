package io.tare.cases.faults.offheap;

import io.tare.cases.faults.scene.Held;
import io.tare.cases.faults.scene.Setting;
import io.tare.cases.faults.scene.Truth;
import io.tare.cases.faults.self.GlibcChunk;
import io.tare.cases.faults.self.OwnMappings;
import io.tare.cases.faults.self.RawMemory;
import java.util.List;
import java.util.stream.LongStream;

/** Native blocks of 4 MB that no buffer pool counts. */
public record UnsafeBlocks(List<Long> addresses) implements Held {
  private static final long BYTES = 4 << 20;

  public static Held create(Setting setting) {
    return new UnsafeBlocks(
        LongStream.generate(() -> RawMemory.allocate(BYTES)).limit(setting.blocks(BYTES)).boxed().toList());
  }

  @Override
  public void measure(OwnMappings mappings, Truth truth) {
    truth.atLeast("malloc.used+malloc.mmapped", addresses.size() * GlibcChunk.bytes(BYTES));
    truth.note(addresses.size() + " blocks of " + BYTES + " bytes");
  }
}
