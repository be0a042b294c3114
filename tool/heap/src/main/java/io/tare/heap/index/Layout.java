package io.tare.heap.index;

import io.tare.heap.hprof.BasicType;
import java.util.Arrays;
import java.util.List;

/**
 * How the VM that wrote the dump lays objects out.
 *
 * @param referenceBytes 4 with compressed references
 * @param headerBytes where the fields of an instance start: 8 with compact headers, 12 with compressed class pointers, 16
 * @param arrayBaseBytes where the elements of an array start, if they need no alignment
 */
public record Layout(int referenceBytes, int headerBytes, int arrayBaseBytes, int alignmentBytes) {
  private static final Layout USUAL = new Layout(4, 12, 16, 8);
  private static final Layout OF_32_BITS = new Layout(4, 8, 12, 8);
  private static final List<Layout> KNOWN = List.of(
      USUAL,
      new Layout(4, 8, 12, 8),
      new Layout(8, 12, 16, 8),
      new Layout(8, 8, 12, 8),
      new Layout(8, 16, 24, 8),
      new Layout(8, 16, 20, 8),
      new Layout(4, 16, 24, 8),
      new Layout(4, 16, 20, 8),
      new Layout(4, 12, 16, 16),
      new Layout(4, 8, 12, 16),
      new Layout(4, 12, 16, 32));
  private static final int IMPOSSIBLE = 20;

  /** The layout whose sizes fit the distances between neighbours best. */
  static Layout detect(ArrayGaps gaps, int idBytes) {
    if (idBytes == 4) {
      return OF_32_BITS;
    }
    Layout best = USUAL;
    int bestScore = best.score(gaps);
    for (Layout layout : KNOWN) {
      int score = layout.score(gaps);
      if (score > bestScore) {
        best = layout;
        bestScore = score;
      }
    }
    return best;
  }

  /** A distance that is exactly the size speaks for the layout, one that is smaller rules it out. */
  private int score(ArrayGaps gaps) {
    int score = 0;
    for (int type = BasicType.OBJECT; type < BasicType.COUNT; type++) {
      for (int length = 0; length < ArrayGaps.LENGTHS; length++) {
        long gap = gaps.least(type, length);
        if (gap != ArrayGaps.NONE && type != BasicType.OBJECT + 1) {
          long size = arrayBytes(type, length);
          score += gap == size ? 1 : gap < size ? -IMPOSSIBLE : 0;
        }
      }
    }
    return score;
  }

  int fieldBytes(int type) {
    return type == BasicType.OBJECT ? referenceBytes : BasicType.bytes(type, referenceBytes);
  }

  /** The whole size of an array. */
  public long arrayBytes(int type, long length) {
    int element = fieldBytes(type);
    long base = element == 8 ? align(arrayBaseBytes, 8) : arrayBaseBytes;
    return align(base + length * element, alignmentBytes);
  }

  /** Elements and header without the padding. */
  public long unpaddedArrayBytes(int type, long length) {
    int element = fieldBytes(type);
    return (element == 8 ? align(arrayBaseBytes, 8) : arrayBaseBytes) + length * element;
  }

  long aligned(long bytes) {
    return align(bytes, alignmentBytes);
  }

  static long align(long bytes, int to) {
    return (bytes + to - 1) / to * to;
  }

  /** The smallest distance seen between an array and the next object in memory, by element type and length. */
  static final class ArrayGaps {
    static final int LENGTHS = 128;
    static final long NONE = Long.MAX_VALUE;

    private final long[] least = new long[BasicType.COUNT * LENGTHS];

    ArrayGaps() {
      Arrays.fill(least, NONE);
    }

    void see(int type, int length, long gap) {
      int cell = type * LENGTHS + length;
      least[cell] = Math.min(least[cell], gap);
    }

    /** {@link #NONE} if no such array was seen. */
    long least(int type, int length) {
      return least[type * LENGTHS + length];
    }

    void add(ArrayGaps other) {
      for (int i = 0; i < least.length; i++) {
        least[i] = Math.min(least[i], other.least[i]);
      }
    }
  }
}
