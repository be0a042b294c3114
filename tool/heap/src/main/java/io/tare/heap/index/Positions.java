package io.tare.heap.index;

import io.tare.heap.hprof.Outline.Segment;
import io.tare.heap.store.BigArrays.Longs;
import io.tare.heap.store.SectionWriter;
import io.tare.heap.store.Sections;
import io.tare.heap.store.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PrimitiveIterator;

/**
 * Where in the file the record of every 32nd object begins. A file has its objects mostly in the order of their addresses, and so of their numbers:
 * what lies between two of these is found by a walk over a page or so. Where it does not, the walk does not find it.
 */
public final class Positions {
  private static final int SHIFT = 5;
  /** So many neighbours may have no place of their own: classes, objects of a file that was damaged. */
  private static final int MOST_ASIDE = 4;
  private static final long MOST_BYTES = 1 << 20;
  private static final String SECTION = "positions";

  private final Longs records;

  private Positions(Longs records) {
    this.records = records;
  }

  static Positions of(int objects, Storage storage) {
    return new Positions(new Longs(storage, (objects >>> SHIFT) + 1L));
  }

  void write(SectionWriter to) throws IOException {
    to.add(SECTION, records.segment());
  }

  static Optional<Positions> read(Sections from) {
    return from.has(SECTION) ? Optional.of(new Positions(Longs.over(from.get(SECTION)))) : Optional.empty();
  }

  /** The record of an object begins there; of most objects that is not kept. */
  public void set(int node, long record) {
    if ((node & (1 << SHIFT) - 1) == 0) {
      records.set(node >>> SHIFT, record);
    }
  }

  /**
   * Parts of the file that should hold the objects, each once and by number; of objects whose place can't be told there is none.
   *
   * @param nodes ascending
   * @param segments of the file, ascending: no part leaves its own
   */
  List<Segment> around(PrimitiveIterator.OfInt nodes, List<Segment> segments) {
    List<Segment> parts = new ArrayList<>();
    int last = -1;
    while (nodes.hasNext()) {
      int slot = nodes.nextInt() >>> SHIFT;
      if (slot != last) {
        last = slot;
        part(slot).filter(part -> isWithinOne(part, segments)).ifPresent(part -> {
          if (parts.isEmpty() || !parts.getLast().equals(part)) {
            parts.add(part);
          }
        });
      }
    }
    return parts;
  }

  private Optional<Segment> part(long slot) {
    long from = 0;
    for (long at = slot; from == 0 && at >= 0 && at > slot - MOST_ASIDE; at--) {
      from = records.get(at);
    }
    long to = 0;
    for (long at = slot + 1; to == 0 && at < records.length() && at <= slot + MOST_ASIDE; at++) {
      to = records.get(at);
    }
    return from > 0 && to > from && to - from <= MOST_BYTES ? Optional.of(new Segment(from, to)) : Optional.empty();
  }

  private static boolean isWithinOne(Segment part, List<Segment> segments) {
    int low = 0;
    int high = segments.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (segments.get(middle).from() <= part.from()) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return !segments.isEmpty() && segments.get(low).from() <= part.from() && part.to() <= segments.get(low).to();
  }
}
