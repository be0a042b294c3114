package io.tare.cases.faults.heap;

import io.tare.cases.faults.scene.Held;
import io.tare.cases.faults.scene.Setting;
import io.tare.cases.faults.scene.Truth;
import io.tare.cases.faults.self.OwnMappings;
import io.tare.cases.faults.self.UsedHeap;
import java.util.List;
import java.util.stream.IntStream;

/** A heap of strings of which nine in ten say the same as another one. */
public record Strings(List<String> strings, int distinct, long usedAfterCollection) implements Held {
  /** String, its byte array and the list's reference, as a JVM with compressed references lays them out. */
  private static final long BYTES_EACH = 24 + 64 + 4;
  private static final int DISTINCT_SHARE = 10;

  public static Held create(Setting setting) {
    int count = setting.blocks(BYTES_EACH);
    int distinct = Math.max(1, count / DISTINCT_SHARE);
    List<String> strings = IntStream.range(0, count).mapToObj(i -> text(i % distinct)).toList();
    return new Strings(strings, distinct, UsedHeap.bytesAfterCollection());
  }

  /** Always a new object, and 44 characters long. */
  private static String text(int number) {
    return "customer-account-name-of-some-length-" + (1_000_000 + number);
  }

  @Override
  public void measure(OwnMappings mappings, Truth truth) {
    truth.atLeast("heap.used", strings.size() * (BYTES_EACH - 4));
    LiveTruth.state(usedAfterCollection, mappings, truth);
    truth.note(strings.size() + " strings, of which " + distinct + " differ");
  }
}
