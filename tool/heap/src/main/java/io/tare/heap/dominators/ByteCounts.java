package io.tare.heap.dominators;

import io.tare.heap.store.Ints;
import io.tare.heap.store.Longs;
import io.tare.heap.store.Storage;
import org.jspecify.annotations.Nullable;

/** A number of bytes per object: four bytes each in units of eight, as long as the whole heap is below 32 GB. */
final class ByteCounts implements AutoCloseable {
  private static final int UNIT_SHIFT = 3;
  private static final long MOST_UNITS = 0xffff_ffffL;

  private final @Nullable Ints units;
  private final @Nullable Longs wide;

  /** All numbers have to be multiples of 8 and their sum may not be above the total. */
  ByteCounts(Storage storage, long length, long totalBytes) {
    boolean narrow = totalBytes >>> UNIT_SHIFT <= MOST_UNITS;
    units = narrow ? new Ints(storage, length) : null;
    wide = narrow ? null : new Longs(storage, length);
  }

  long get(int node) {
    return units != null ? (units.get(node) & MOST_UNITS) << UNIT_SHIFT : wide != null ? wide.get(node) : 0;
  }

  void add(int node, long bytes) {
    if (units != null) {
      units.add(node, (int) (bytes >>> UNIT_SHIFT));
    } else if (wide != null) {
      wide.add(node, bytes);
    }
  }

  @Override
  public void close() {
    if (units != null) {
      units.close();
    }
    if (wide != null) {
      wide.close();
    }
  }
}
