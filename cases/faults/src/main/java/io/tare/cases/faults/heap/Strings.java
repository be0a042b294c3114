package io.tare.cases.faults.heap;

import io.tare.cases.faults.scene.Held;
import io.tare.cases.faults.scene.Setting;
import io.tare.cases.faults.scene.Truth;
import io.tare.cases.faults.self.OwnMappings;
import io.tare.cases.faults.self.UsedHeap;
import java.util.ArrayList;
import java.util.List;

/**
 * A heap of strings of which nine in ten say the same as another one.
 *
 * @param chunks many small lists: a list of all would be one array so large that G1 wastes memory behind it
 */
public record Strings(List<List<String>> chunks, int distinct, long usedAfterCollection) implements Held {
  /** String, and its byte array of 44 characters with a header, as a JVM with compressed class pointers lays them out. */
  private static final long BYTES_EACH = 24 + 64;
  private static final int DISTINCT_SHARE = 10;
  private static final int CHUNK = 1000;

  public static Held create(Setting setting) {
    int count = setting.blocks(CHUNK * BYTES_EACH);
    int distinct = Math.max(1, count * CHUNK / DISTINCT_SHARE);
    List<List<String>> chunks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      chunks.add(chunk(i * CHUNK, distinct));
    }
    return new Strings(chunks, distinct, UsedHeap.bytesAfterCollection());
  }

  private static List<String> chunk(int from, int distinct) {
    List<String> chunk = new ArrayList<>(CHUNK);
    for (int i = from; i < from + CHUNK; i++) {
      chunk.add("customer-account-name-of-some-length-" + (1_000_000 + i % distinct));
    }
    return chunk;
  }

  @Override
  public void measure(OwnMappings mappings, Truth truth) {
    truth.atLeast("heap.used", (long) chunks.size() * CHUNK * BYTES_EACH);
    LiveTruth.state(usedAfterCollection, mappings, truth);
    truth.note((long) chunks.size() * CHUNK + " strings, of which " + distinct + " differ");
  }
}
