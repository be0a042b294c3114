package io.tare.cases.faults.heap;

import java.util.ArrayList;
import java.util.List;

/** Arrays of 64 KB, header included: their sum is known to the byte. */
final class Blocks {
  static final long BYTES = 64 << 10;
  private static final int ARRAY_HEADER = 16;

  private Blocks() {}

  static List<byte[]> make(int count) {
    List<byte[]> blocks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      blocks.add(new byte[(int) BYTES - ARRAY_HEADER]);
    }
    return blocks;
  }
}
