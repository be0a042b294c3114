package io.tare.heap.index;

import io.tare.heap.hprof.Outline.Segment;
import io.tare.heap.index.DumpIndex.Piece;
import io.tare.heap.store.BigArrays.Longs;
import io.tare.heap.store.LongIntMap.Mix;
import io.tare.heap.store.SectionWriter;
import io.tare.heap.store.Sections;
import io.tare.heap.store.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which pieces of the dump may refer to an address: who asks for the referrers of one object walks over those alone, not over all of them.
 *
 * <p>Every piece has a Bloom filter of the addresses that its records refer to. The filters of 64 pieces lie across: a word has one bit of
 * each, so that a question looks at three words for 64 pieces.
 */
public final class PieceFilter {
  private static final int ROW_BITS = 16;
  private static final int ROWS = 1 << ROW_BITS;
  private static final int HASHES = 3;
  private static final String SECTION = "references of pieces";

  private final List<Piece> pieces;
  private final Longs words;

  private PieceFilter(List<Piece> pieces, Longs words) {
    this.pieces = pieces;
    this.words = words;
  }

  /** An empty one, to be filled by {@link Marker}s. */
  public static PieceFilter of(List<Piece> pieces, Storage storage) {
    return new PieceFilter(pieces, new Longs(storage, ((pieces.size() + 63L) >>> 6) * ROWS));
  }

  void write(SectionWriter to) throws IOException {
    to.add(SECTION, words.segment());
  }

  static Optional<PieceFilter> read(Sections from, List<Piece> pieces) {
    return from.has(SECTION) ? Optional.of(new PieceFilter(pieces, Longs.over(from.get(SECTION)))) : Optional.empty();
  }

  /** The pieces with records that refer to the address, and a few others. */
  public List<Segment> referringTo(long id) {
    long hash = Mix.mix(id);
    List<Segment> found = new ArrayList<>();
    for (int group = 0; group < pieces.size(); group += Long.SIZE) {
      long maybe = -1;
      for (int i = 0; i < HASHES; i++) {
        maybe &= words.get((long) (group >>> 6) * ROWS + row(hash, i));
      }
      for (; maybe != 0; maybe &= maybe - 1) {
        int number = group + Long.numberOfTrailingZeros(maybe);
        if (number < pieces.size()) {
          found.add(new Segment(pieces.get(number).from(), pieces.get(number).to()));
        }
      }
    }
    return found;
  }

  private static int row(long hash, int number) {
    return (int) (hash >>> (number * ROW_BITS)) & (ROWS - 1);
  }

  public Marker marker() {
    return new Marker();
  }

  /** Gathers what one piece refers to before it touches what all threads share. One thread's own. */
  public final class Marker {
    private final long[] rows = new long[ROWS >>> 6];
    private long last;

    public void mark(long id) {
      if (id == last) {
        return;
      }
      last = id;
      long hash = Mix.mix(id);
      for (int i = 0; i < HASHES; i++) {
        int row = row(hash, i);
        rows[row >>> 6] |= 1L << row;
      }
    }

    /** The piece that begins there is done. */
    public void pieceEnds(long from) {
      int number = number(from);
      long bit = 1L << number;
      long first = (long) (number >>> 6) * ROWS;
      synchronized (words) {
        for (int i = 0; i < rows.length; i++) {
          for (long left = rows[i]; left != 0; left &= left - 1) {
            long at = first + ((long) i << 6) + Long.numberOfTrailingZeros(left);
            words.set(at, words.get(at) | bit);
          }
        }
      }
      Arrays.fill(rows, 0);
      last = 0;
    }

    private int number(long from) {
      int low = 0;
      int high = pieces.size() - 1;
      while (low < high) {
        int middle = (low + high + 1) >>> 1;
        boolean isBefore = pieces.get(middle).from() <= from;
        low = isBefore ? middle : low;
        high = isBefore ? high : middle - 1;
      }
      return low;
    }
  }
}
