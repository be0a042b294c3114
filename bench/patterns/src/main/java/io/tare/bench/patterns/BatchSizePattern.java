package io.tare.bench.patterns;

import io.tare.kit.batch.Batch;
import io.tare.kit.batch.BatchLimits;
import io.tare.kit.batch.BatchReader;
import io.tare.kit.batch.BatchSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Twenty thousand entries of a sorted store: all read first as seed 004 did, or in batches. */
public class BatchSizePattern extends PatternBenchmark {
  private static final int ENTRIES = 20_000;
  @Param({"10", "100", "1000", "20000"})
  int batch;
  private final TreeMap<Integer, byte[]> store = new TreeMap<>();

  @Setup
  public void prepare() {
    for (int i = 0; i < ENTRIES; i++) {
      store.put(i, ("/archive/2026/file-" + i + ".dat").getBytes(StandardCharsets.US_ASCII));
    }
  }

  @Benchmark
  @OperationsPerInvocation(ENTRIES)
  public long kitOnCallersThread() {
    return readWith(0);
  }

  @Benchmark
  @OperationsPerInvocation(ENTRIES)
  public long kitTwoAhead() {
    return readWith(2);
  }

  private long readWith(int ahead) {
    BatchSource<String, Integer> source = this::read;
    long sum = 0;
    try (BatchReader<String> reader = BatchReader.open(source, new BatchLimits(batch, ahead))) {
      while (reader.hasNext()) {
        for (String path : reader.next()) {
          sum += path.length();
        }
      }
    }
    return sum;
  }

  private Batch<String, Integer> read(Optional<Integer> from, int maxItems) {
    List<String> items = new ArrayList<>(maxItems);
    for (Map.Entry<Integer, byte[]> entry : store.tailMap(from.orElse(0)).entrySet()) {
      if (items.size() == maxItems) {
        return Batch.of(items, entry.getKey());
      }
      items.add(new String(entry.getValue(), StandardCharsets.US_ASCII));
    }
    return Batch.last(items);
  }
}
