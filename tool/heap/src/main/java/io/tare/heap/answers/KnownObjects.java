package io.tare.heap.answers;

import io.tare.heap.answers.ObjectReader.ObjectRecord;
import org.jspecify.annotations.Nullable;

/** What was read of objects, by their numbers: open addressing, for there may be hundreds of thousands. */
final class KnownObjects {
  /** Spreads numbers that follow one another. */
  private static final int FACTOR = 0x9E37_79B9;

  private static final int MOST_EXPECTED = 1 << 24;

  private int[] nodes = new int[64];
  private @Nullable ObjectRecord[] records = new ObjectRecord[64];
  private int size;

  /** Null if nothing was read; number 0 is no object. */
  @Nullable
  ObjectRecord get(int node) {
    return node == 0 ? null : records[slot(node)];
  }

  /** So many more are to come. */
  void expect(int more) {
    while (2L * (size + more) > nodes.length && nodes.length < MOST_EXPECTED) {
      grow();
    }
  }

  void put(int node, ObjectRecord record) {
    if (2 * size >= nodes.length) {
      grow();
    }
    int slot = slot(node);
    size += records[slot] == null ? 1 : 0;
    nodes[slot] = node;
    records[slot] = record;
  }

  private int slot(int node) {
    int mask = nodes.length - 1;
    int slot = (node * FACTOR) >>> Integer.numberOfLeadingZeros(mask);
    while (nodes[slot] != 0 && nodes[slot] != node) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    int[] oldNodes = nodes;
    @Nullable
    ObjectRecord[] oldRecords = records;
    nodes = new int[2 * oldNodes.length];
    records = new ObjectRecord[nodes.length];
    for (int i = 0; i < oldNodes.length; i++) {
      if (oldNodes[i] != 0) {
        int slot = slot(oldNodes[i]);
        nodes[slot] = oldNodes[i];
        records[slot] = oldRecords[i];
      }
    }
  }
}
