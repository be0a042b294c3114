package io.tare.cases.faults.heap;

import io.tare.cases.faults.scene.Held;
import io.tare.cases.faults.scene.Setting;
import io.tare.cases.faults.scene.Truth;
import io.tare.cases.faults.self.OwnMappings;
import java.util.List;
import java.util.stream.Stream;

/** Arrays of 600 KB in G1 regions of 1 MB: each takes a region of its own, of which the last 424 KB can't be used. */
public record Humongous(List<byte[]> arrays) implements Held {
  private static final long REGION = 1 << 20;
  private static final int LENGTH = (600 << 10) - 16;

  public static Held create(Setting setting) {
    return new Humongous(Stream.generate(() -> new byte[LENGTH]).limit(setting.blocks(REGION)).toList());
  }

  @Override
  public void measure(OwnMappings mappings, Truth truth) {
    truth.atLeast("heap.used", arrays.size() * (LENGTH + 16L));
    truth.note(arrays.size() + " arrays of " + LENGTH + " bytes, each in a region of " + REGION);
  }
}
