package io.tare.heap.waste;

import io.tare.model.heap.WasteLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sums of objects and bytes by kind of waste and class. */
final class Tally {
  private record Key(String kind, String what) {}

  private final Map<Key, long[]> sums = new HashMap<>();

  void add(String kind, String what, long objects, long bytes) {
    long[] sum = sums.computeIfAbsent(new Key(kind, what), key -> new long[2]);
    sum[0] += objects;
    sum[1] += bytes;
  }

  void addAll(Tally other) {
    other.sums.forEach((key, sum) -> add(key.kind(), key.what(), sum[0], sum[1]));
  }

  List<WasteLine> lines() {
    List<WasteLine> lines = new ArrayList<>();
    sums.forEach((key, sum) -> lines.add(new WasteLine(key.kind(), key.what(), sum[0], sum[1])));
    return lines;
  }
}
