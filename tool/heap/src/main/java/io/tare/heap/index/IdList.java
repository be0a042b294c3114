package io.tare.heap.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A growing list of addresses in chunks, on the Java heap. */
final class IdList {
  private static final int CHUNK = 1 << 14;

  private final List<long[]> chunks = new ArrayList<>();
  private long[] last = new long[0];
  private int used;

  void add(long id) {
    if (used == last.length) {
      last = new long[CHUNK];
      chunks.add(last);
      used = 0;
    }
    last[used++] = id;
  }

  long size() {
    return chunks.isEmpty() ? 0 : (chunks.size() - 1L) * CHUNK + used;
  }

  List<long[]> chunks() {
    List<long[]> all = new ArrayList<>(chunks);
    if (!all.isEmpty()) {
      all.set(all.size() - 1, Arrays.copyOf(last, used));
    }
    return all;
  }
}
