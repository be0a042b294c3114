package io.tare.capture.memory.glibc;

import io.tare.capture.memory.ProcessMemory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One {@code struct malloc_state} that passed every check that can be made of it alone. */
record ArenaState(long address, ArenaLayout layout, long top, long next, long systemBytes, List<Long> fastBins) {
  private static final long MOST_BYTES = 1L << 46;
  private static final int MOST_FLAGS = 16;
  private static final int CHUNK_ALIGNMENT_MASK = 0xf;

  ArenaState {
    fastBins = List.copyOf(fastBins);
  }

  /** The arena at this address in whichever layout fits. */
  static Optional<ArenaState> read(ProcessMemory memory, long address) {
    for (ArenaLayout layout : ArenaLayout.KNOWN) {
      Optional<ArenaState> state = memory.read(address, layout.size()).map(ProcessMemory::inOrder)
          .flatMap(bytes -> of(bytes, 0, address, layout));
      if (state.isPresent()) {
        return state;
      }
    }
    return Optional.empty();
  }

  /** The arena at {@code offset} of the buffer, whose address in the process is given; empty when it can't be one. */
  static Optional<ArenaState> of(ByteBuffer bytes, int offset, long address, ArenaLayout layout) {
    if (bytes.limit() - offset < layout.size() || !isPlausible(bytes, offset, layout)) {
      return Optional.empty();
    }
    if (!binsAreLists(bytes, offset + layout.bins(), address + layout.bins())) {
      return Optional.empty();
    }
    List<Long> fastBins = new ArrayList<>();
    for (int i = 0; i < layout.fastBins(); i++) {
      fastBins.add(bytes.getLong(offset + layout.fastBinsAt() + i * Long.BYTES));
    }
    return Optional.of(new ArenaState(address, layout, bytes.getLong(offset + layout.top()),
        bytes.getLong(offset + layout.next()), bytes.getLong(offset + layout.systemBytes()), fastBins));
  }

  private static boolean isPlausible(ByteBuffer bytes, int offset, ArenaLayout layout) {
    long system = bytes.getLong(offset + layout.systemBytes());
    long most = bytes.getLong(offset + layout.mostSystemBytes());
    if (system <= 0 || system > most || most > MOST_BYTES) {
      return false;
    }
    long next = bytes.getLong(offset + layout.next());
    int flags = bytes.getInt(offset + Integer.BYTES);
    return isChunk(bytes.getLong(offset + layout.top())) && next > 0 && next % Long.BYTES == 0 && flags >= 0
        && flags < MOST_FLAGS;
  }

  /** Every bin is a ring: it points to itself both ways, or to chunks both ways; an arena has empty bins at all times. */
  private static boolean binsAreLists(ByteBuffer bytes, int offset, long address) {
    int empty = 0;
    for (int bin = 0; bin < ArenaLayout.BINS; bin++) {
      int at = bin * 2 * Long.BYTES;
      long self = address + at - 2 * Long.BYTES;
      boolean emptyAhead = bytes.getLong(offset + at) == self;
      boolean emptyBack = bytes.getLong(offset + at + Long.BYTES) == self;
      if (emptyAhead != emptyBack) {
        return false;
      }
      if (emptyAhead) {
        empty++;
      } else if (!isChunk(bytes.getLong(offset + at)) || !isChunk(bytes.getLong(offset + at + Long.BYTES))) {
        return false;
      }
    }
    return empty > 0;
  }

  private static boolean isChunk(long address) {
    return address > 0 && (address & CHUNK_ALIGNMENT_MASK) == 0;
  }

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
}
