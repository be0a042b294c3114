package io.tare.heap.index;

import io.tare.heap.hprof.BasicType;
import io.tare.heap.hprof.ClassDump;
import io.tare.heap.hprof.HeapVisitor;
import io.tare.heap.hprof.HeapVisitor.Root;
import io.tare.heap.hprof.Window;
import io.tare.heap.index.BitmapIndex.AddressMarks;
import io.tare.heap.index.DumpIndex.Piece;
import io.tare.heap.index.Layout.ArrayGaps;
import io.tare.heap.index.SortedIndex.IdList;
import io.tare.heap.store.LongIntMap.Mix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one thread gathers on the first walk: addresses, classes, roots, pieces, and how far apart neighbours lie. */
final class FirstPass implements HeapVisitor {
  private static final int RECENT = 256;

  private final AddressMarks.@Nullable Marker marker;
  private final @Nullable IdList ids;
  final List<Root> roots = new ArrayList<>();
  final List<ClassDump> classes = new ArrayList<>();
  final List<Piece> pieces = new ArrayList<>();
  final Map<Long, ClassTally> tallies = new HashMap<>();
  final ArrayGaps gaps = new ArrayGaps();
  private final @Nullable ClassTally[] recent = new ClassTally[RECENT];

  private long lowest = Long.MAX_VALUE;
  private long highest;
  private long previousId;
  private @Nullable ClassTally previousTally;
  private int previousType;
  private int previousLength;

  private FirstPass(AddressMarks.@Nullable Marker marker, @Nullable IdList ids) {
    this.marker = marker;
    this.ids = ids;
  }

  static FirstPass marking(AddressMarks marks) {
    return new FirstPass(marks.marker(), null);
  }

  static FirstPass listing() {
    return new FirstPass(null, new IdList());
  }

  /** Counts only. */
  static FirstPass counting() {
    return new FirstPass(null, null);
  }

  IdList ids() {
    return ids == null ? new IdList() : ids;
  }

  @Override
  public void root(Root root) {
    roots.add(root);
  }

  @Override
  public void classDump(ClassDump dump) {
    classes.add(dump);
    note(dump.id());
  }

  @Override
  public void instance(long id, long classId, Window values, int length) {
    see(id);
    ClassTally now = tally(classId, false);
    now.objects++;
    previousTally = now;
  }

  @Override
  public void objectArray(long id, long classId, Window elements, int count) {
    see(id);
    ClassTally now = tally(classId, true);
    now.objects++;
    now.elements += count;
    remember(BasicType.OBJECT, count);
  }

  @Override
  public void primitiveArray(long id, int type, Window elements, int count) {
    see(id);
    remember(type, count);
  }

  @Override
  public void pieceEnds(long from, long to) {
    pieces.add(new Piece(from, to, lowest, highest));
    lowest = Long.MAX_VALUE;
    highest = 0;
    previousId = 0;
    if (marker != null) {
      marker.flush();
    }
  }

  private ClassTally tally(long classId, boolean array) {
    int place = (int) Mix.mix(classId) & (RECENT - 1);
    ClassTally known = recent[place];
    if (known == null || known.classId != classId) {
      known = tallies.computeIfAbsent(classId, key -> new ClassTally(classId, array));
      recent[place] = known;
    }
    return known;
  }

  private void remember(int type, int length) {
    previousTally = null;
    previousType = type;
    previousLength = length;
  }

  private void see(long id) {
    if (previousId != 0 && id > previousId) {
      long gap = id - previousId;
      if (previousTally != null) {
        previousTally.seeGap(gap, previousId);
      } else if (previousLength < ArrayGaps.LENGTHS) {
        gaps.see(previousType, previousLength, gap);
      }
    }
    previousId = id;
    note(id);
  }

  private void note(long id) {
    lowest = Math.min(lowest, id);
    highest = Math.max(highest, id);
    if (marker != null) {
      marker.mark(id);
    } else if (ids != null) {
      ids.add(id);
    }
  }

  /** What all threads gathered on the first walk, put together in an order that does not depend on the threads. */
  record Gathered(
      List<Root> roots, List<ClassDump> classes, List<Piece> pieces, Map<Long, ClassTally> tallies, Layout layout) {

    static Gathered merge(List<FirstPass> passes, int idBytes) {
      List<Root> roots = new ArrayList<>();
      List<ClassDump> classes = new ArrayList<>();
      List<Piece> pieces = new ArrayList<>();
      Map<Long, ClassTally> tallies = new HashMap<>();
      ArrayGaps gaps = new ArrayGaps();
      for (FirstPass pass : passes) {
        roots.addAll(pass.roots);
        classes.addAll(pass.classes);
        pieces.addAll(pass.pieces);
        gaps.add(pass.gaps);
        pass.tallies
            .forEach((id, tally) -> tallies.computeIfAbsent(id, key -> new ClassTally(id, tally.array)).add(tally));
      }
      roots.sort(
          Comparator.comparing(Root::kind)
              .thenComparingLong(Root::objectId)
              .thenComparingInt(Root::threadSerial)
              .thenComparingInt(Root::frame));
      pieces.sort(Comparator.comparingLong(Piece::from));
      return new Gathered(roots, classes, pieces, tallies, Layout.detect(gaps, idBytes));
    }
  }

  /** What was seen of the objects of one class: how many, and the smallest distance to the next object in memory. */
  static final class ClassTally {
    final long classId;
    final boolean array;
    long objects;
    long elements;
    long leastGap = Long.MAX_VALUE;
    long objectsAtLeastGap;
    /** One of the objects at the least gap. */
    long exampleId;

    ClassTally(long classId, boolean array) {
      this.classId = classId;
      this.array = array;
    }

    void seeGap(long gap, long id) {
      seeGap(gap, 1, id);
    }

    void add(ClassTally other) {
      objects += other.objects;
      elements += other.elements;
      if (other.objectsAtLeastGap > 0) {
        seeGap(other.leastGap, other.objectsAtLeastGap, other.exampleId);
      }
    }

    private void seeGap(long gap, long count, long id) {
      if (gap < leastGap) {
        exampleId = id;
        leastGap = gap;
        objectsAtLeastGap = count;
      } else if (gap == leastGap) {
        objectsAtLeastGap += count;
        // The threads' parts come in any order; the lowest address does not depend on it.
        exampleId = Math.min(exampleId, id);
      }
    }
  }
}
