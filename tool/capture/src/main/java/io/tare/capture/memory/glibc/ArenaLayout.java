package io.tare.capture.memory.glibc;

import java.util.List;

/**
 * Where {@code struct malloc_state} keeps its fields on 64-bit machines, counted from its start.
 *
 * @param fastBins how many fastbins lie before {@code top}; none from 2.43 on
 */
record ArenaLayout(String versions, int fastBins, int top) {
  static final int BINS = 127;

  /** The layouts that are known, the commonest first. */
  static final List<ArenaLayout> KNOWN = List.of(new ArenaLayout("2.27 to 2.42", 10, 96),
      new ArenaLayout("2.23 to 2.26", 10, 88), new ArenaLayout("without fastbins", 0, 8));

  private static final int BIN_MAP_BYTES = 16;

  int fastBinsAt() {
    return top - fastBins * Long.BYTES;
  }

  int bins() {
    return top + 2 * Long.BYTES;
  }

  int next() {
    return bins() + BINS * 2 * Long.BYTES + BIN_MAP_BYTES;
  }

  int systemBytes() {
    return next() + 3 * Long.BYTES;
  }

  int mostSystemBytes() {
    return next() + 4 * Long.BYTES;
  }

  int size() {
    return next() + 5 * Long.BYTES;
  }
}
