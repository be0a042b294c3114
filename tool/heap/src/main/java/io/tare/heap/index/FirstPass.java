package io.tare.heap.index;

import io.tare.heap.hprof.BasicType;
import io.tare.heap.hprof.ClassDump;
import io.tare.heap.hprof.HeapVisitor;
import io.tare.heap.hprof.HeapVisitor.Root;
import io.tare.heap.hprof.Window;
import io.tare.heap.index.BitmapIndex.AddressMarks;
import io.tare.heap.index.DumpIndex.Piece;
import io.tare.heap.index.Neighbours.Sample;
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
  /** Shorter arrays are sampled: those whose size tells most of how arrays are laid out. */
  static final int LENGTHS = 128;
  private static final int RECENT = 256;

  private final AddressMarks.@Nullable Marker marker;
  private final @Nullable IdList ids;
  final List<Root> roots = new ArrayList<>();
  final List<ClassDump> classes = new ArrayList<>();
  final List<Piece> pieces = new ArrayList<>();
  final Map<Long, ClassTally> tallies = new HashMap<>();
  /** Arrays by type and length. */
  final Map<Integer, Sample> arrays = new HashMap<>();
  private final @Nullable Sample[] arraySamples = new Sample[BasicType.COUNT * LENGTHS];
  private long objects;
  private long addressBits;
  private long lowestOfAll = Long.MAX_VALUE;
  private long highestOfAll;
  private long up;
  private long down;
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
    now.valueBytes = length;
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
    lowestOfAll = Math.min(lowestOfAll, lowest);
    highestOfAll = Math.max(highestOfAll, highest);
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
    if (previousId != 0) {
      long gap = id > previousId ? id - previousId : Neighbours.NONE;
      up += id > previousId ? 1 : 0;
      down += id > previousId ? 0 : 1;
      if (previousTally != null) {
        previousTally.see(previousId, gap);
      } else if (previousLength < LENGTHS) {
        arraySample(previousType * LENGTHS + previousLength).see(previousId, gap);
      }
    }
    previousId = id;
    note(id);
  }

  private Sample arraySample(int cell) {
    Sample known = arraySamples[cell];
    if (known == null) {
      known = new Sample();
      arraySamples[cell] = known;
      arrays.put(cell, known);
    }
    return known;
  }

  private void note(long id) {
    objects++;
    addressBits |= id;
    lowest = Math.min(lowest, id);
    highest = Math.max(highest, id);
    if (marker != null) {
      marker.mark(id);
    } else if (ids != null) {
      ids.add(id);
    }
  }

  /** The addresses of all objects: what bits are set in any, the lowest and the highest. */
  record Addresses(long objects, long bits, long lowest, long highest) {
    private static final Addresses NONE = new Addresses(0, 0, Long.MAX_VALUE, 0);

    private Addresses and(FirstPass pass) {
      return new Addresses(objects + pass.objects, bits | pass.addressBits, Math.min(lowest, pass.lowestOfAll),
          Math.max(highest, pass.highestOfAll));
    }
  }

  /** How many objects stand in the file behind one with a lower address, and how many behind one with a higher. */
  record Steps(long up, long down) {
    /** A few go down: a heap of regions is written region by region. */
    private static final int MOST_DOWN = 200;

    private Steps and(FirstPass pass) {
      return new Steps(up + pass.up, down + pass.down);
    }

    /** Whether the file has its objects as they lie in memory; collectors that follow references when they dump have them otherwise. */
    boolean inOrder() {
      return down * MOST_DOWN <= up;
    }
  }

  /** What all threads gathered on the first walk, put together in an order that does not depend on the threads. */
  record Gathered(List<Root> roots, List<ClassDump> classes, List<Piece> pieces, Map<Long, ClassTally> tallies,
      Map<Integer, Sample> arrays, Addresses addresses, Steps steps) {

    static Gathered merge(List<FirstPass> passes) {
      List<Root> roots = new ArrayList<>();
      List<ClassDump> classes = new ArrayList<>();
      List<Piece> pieces = new ArrayList<>();
      Map<Long, ClassTally> tallies = new HashMap<>();
      Map<Integer, Sample> arrays = new HashMap<>();
      Addresses addresses = Addresses.NONE;
      Steps steps = new Steps(0, 0);
      for (FirstPass pass : passes) {
        roots.addAll(pass.roots);
        classes.addAll(pass.classes);
        pieces.addAll(pass.pieces);
        pass.arrays.forEach((cell, sample) -> arrays.computeIfAbsent(cell, key -> new Sample()).add(sample));
        pass.tallies
            .forEach((id, tally) -> tallies.computeIfAbsent(id, key -> new ClassTally(id, tally.array)).add(tally));
        addresses = addresses.and(pass);
        steps = steps.and(pass);
      }
      roots.sort(
          Comparator.comparing(Root::kind)
              .thenComparingLong(Root::objectId)
              .thenComparingInt(Root::threadSerial)
              .thenComparingInt(Root::frame));
      pieces.sort(Comparator.comparingLong(Piece::from));
      return new Gathered(roots, classes, pieces, tallies, arrays, addresses, steps);
    }
  }

  /** What was seen of the objects of one class: how many, and how far some of them are from the next. */
  static final class ClassTally {
    final long classId;
    final boolean array;
    final Sample sample = new Sample();
    long objects;
    long elements;
    /** Bytes of the values of an instance. */
    int valueBytes;
    /** The smallest distance to the next object in the file. */
    long leastGap = Neighbours.NONE;
    long leastGapId;

    ClassTally(long classId, boolean array) {
      this.classId = classId;
      this.array = array;
    }

    private void see(long id, long gap) {
      if (gap < leastGap || (gap == leastGap && id < leastGapId)) {
        leastGap = gap;
        leastGapId = id;
      }
      sample.see(id, gap);
    }

    private void add(ClassTally other) {
      objects += other.objects;
      elements += other.elements;
      valueBytes = Math.max(valueBytes, other.valueBytes);
      boolean closer = other.leastGap < leastGap
          || (other.leastGap == leastGap && other.leastGapId < leastGapId);
      leastGapId = closer ? other.leastGapId : leastGapId;
      leastGap = Math.min(leastGap, other.leastGap);
      sample.add(other.sample);
    }
  }
}
