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

  ArenaState {
    fastBins = List.copyOf(fastBins);
  }

  /** The arena at this address in whichever layout fits. */
  static Optional<ArenaState> read(ProcessMemory memory, long address, WordWidth width) {
    for (ArenaLayout layout : ArenaLayout.known(width)) {
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
    if (!binsAreLists(bytes, offset + layout.bins(), address + layout.bins(), layout.width())) {
      return Optional.empty();
    }
    List<Long> fastBins = new ArrayList<>();
    for (int i = 0; i < layout.fastBins(); i++) {
      fastBins.add(layout.word(bytes, offset + layout.fastBinsAt() + i * layout.width().bytes()));
    }
    return Optional.of(new ArenaState(address, layout, layout.word(bytes, offset + layout.top()),
        layout.word(bytes, offset + layout.next()), layout.word(bytes, offset + layout.systemBytes()), fastBins));
  }

  private static boolean isPlausible(ByteBuffer bytes, int offset, ArenaLayout layout) {
    long system = layout.word(bytes, offset + layout.systemBytes());
    long most = layout.word(bytes, offset + layout.mostSystemBytes());
    if (system <= 0 || system > most || most > MOST_BYTES) {
      return false;
    }
    long next = layout.word(bytes, offset + layout.next());
    int flags = bytes.getInt(offset + Integer.BYTES);
    WordWidth width = layout.width();
    return width.mayBeChunk(layout.word(bytes, offset + layout.top())) && next > 0 && next % width.bytes() == 0
        && flags >= 0 && flags < MOST_FLAGS;
  }

  /** Every bin is a ring: it points to itself both ways, or to chunks both ways; an arena has empty bins at all times. */
  private static boolean binsAreLists(ByteBuffer bytes, int offset, long address, WordWidth width) {
    int empty = 0;
    for (int bin = 0; bin < ArenaLayout.BINS; bin++) {
      int at = bin * width.headBytes();
      long self = address + at - width.headBytes();
      long ahead = width.word(bytes, offset + at);
      long back = width.word(bytes, offset + at + width.bytes());
      boolean emptyAhead = ahead == self;
      boolean emptyBack = back == self;
      if (emptyAhead != emptyBack) {
        return false;
      }
      if (emptyAhead) {
        empty++;
      } else if (!width.mayBeChunk(ahead) || !width.mayBeChunk(back)) {
        return false;
      }
    }
    return empty > 0;
  }

  /**
   * Where {@code struct malloc_state} keeps its fields, counted from its start.
   *
   * @param fastBins how many fastbins lie before {@code top}; none from 2.43 on
   */
  record ArenaLayout(String versions, WordWidth width, int fastBins, int top) {
    static final int BINS = 127;

    private static final List<ArenaLayout> OF_64_BITS = List.of(
        new ArenaLayout("2.27 to 2.42", WordWidth.EIGHT, 10, 96),
        new ArenaLayout("2.23 to 2.26", WordWidth.EIGHT, 10, 88),
        new ArenaLayout("without fastbins", WordWidth.EIGHT, 0, 8));

    /** Before 2.26 blocks were aligned to eight bytes there: such a C library is not read. */
    private static final List<ArenaLayout> OF_32_BITS = List.of(
        new ArenaLayout("2.27 to 2.42", WordWidth.FOUR, 11, 56),
        new ArenaLayout("without fastbins", WordWidth.FOUR, 0, 8));

    private static final int BIN_MAP_BYTES = 16;

    /** The layouts that are known, the commonest first. */
    static List<ArenaLayout> known(WordWidth width) {
      return width == WordWidth.EIGHT ? OF_64_BITS : OF_32_BITS;
    }

    long word(ByteBuffer bytes, int offset) {
      return width.word(bytes, offset);
    }

    int fastBinsAt() {
      return top - fastBins * width.bytes();
    }

    int bins() {
      return top + width.headBytes();
    }

    int next() {
      return bins() + BINS * width.headBytes() + BIN_MAP_BYTES;
    }

    int systemBytes() {
      return next() + 3 * width.bytes();
    }

    int mostSystemBytes() {
      return next() + 4 * width.bytes();
    }

    int size() {
      return next() + 5 * width.bytes();
    }
  }
}
