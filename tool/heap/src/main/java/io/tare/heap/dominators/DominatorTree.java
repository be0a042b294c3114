package io.tare.heap.dominators;

import io.tare.heap.dominators.Contraction.ClassEdges;
import io.tare.heap.dominators.Contraction.Contracted;
import io.tare.heap.graph.HeapGraph;
import io.tare.heap.graph.Reach;
import io.tare.heap.graph.Sweep.BackSweep;
import io.tare.heap.index.HeapClass;
import io.tare.heap.index.Shapes;
import io.tare.heap.store.BigArrays.Ints;
import io.tare.heap.store.BigArrays.Longs;
import io.tare.heap.store.Bits.Ranks;
import io.tare.heap.store.Packed;
import io.tare.heap.store.PairList;
import io.tare.heap.store.SectionWriter;
import io.tare.heap.store.Sections;
import io.tare.heap.store.Storage;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Who holds an object alone, and how many bytes would go with it. 0 stands for the roots. */
public final class DominatorTree implements AutoCloseable {
  private final Reach reach;
  private final Ranks sharedRanks;
  private final Ints ofShared;
  private final ByteCounts retained;
  private final ClassRetained ofClasses;
  private @Nullable Dominated dominated;

  private DominatorTree(HeapParts heap, Function<HeapClass, String> packageOf) {
    HeapGraph graph = heap.graph();
    Storage storage = heap.storage();
    this.reach = heap.reach();
    this.sharedRanks = new Ranks(storage, reach.shared());
    List<PairList> pairs = List.of(reach.crossEdges(), ClassEdges.of(graph, reach, storage));
    try (Contracted contracted = new Contraction(reach, pairs, storage).contract()) {
      this.ofClasses = ClassRetained.of(heap, contracted, packageOf);
      this.ofShared = contracted.dominatorsOf(reach.shared(), sharedRanks.size(), storage);
    }
    this.retained = retained(graph.shapes(), graph.objects(), storage);
  }

  private DominatorTree(Sections from, Reach reach) {
    this.reach = reach;
    this.sharedRanks = Ranks.over(reach.shared(), Ints.over(from.get("shared before")));
    this.ofShared = Ints.over(from.get("dominators of shared"));
    this.retained = new ByteCounts(from);
    this.ofClasses = new ClassRetained(from.packed("retained of classes"));
    this.dominated = new Dominated(from, reach);
  }

  /** As it was written. */
  public static DominatorTree read(Sections from, Reach reach) {
    return new DominatorTree(from, reach);
  }

  /** Whom each object dominates is written, too, so that nobody has to look at all of them. */
  public void write(SectionWriter to, Storage storage) throws IOException {
    to.add("shared before", sharedRanks.counts().segment());
    to.add("dominators of shared", ofShared.segment());
    retained.write(to);
    to.add("retained of classes", ofClasses.packed());
    try (Dominated children = dominated == null ? new Dominated(reach, this, storage) : dominated) {
      children.write(to);
    }
  }

  /** Those whose dominator this is, by their numbers. */
  public IntStream dominated(int holder) {
    int objects = (int) reach.shared().length() - 1;
    return dominated == null
        ? IntStream.rangeClosed(1, objects).filter(node -> reach.reached(node) && dominator(node) == holder)
        : dominated.by(holder);
  }

  /** Closes the cross edges of the reach, which nobody needs any more and which make room for the rest. */
  public static DominatorTree of(HeapParts heap, Function<HeapClass, String> packageOf) {
    return new DominatorTree(heap, packageOf);
  }

  private ByteCounts retained(Shapes shapes, int objects, Storage storage) {
    long total = 0;
    for (int node = 1; node <= objects; node++) {
      total += reach.reached(node) ? shapes.shallowBytes(node) : 0;
    }
    ByteCounts counts = new ByteCounts(storage, objects + 1L, total);
    for (BackSweep sweep = reach.sweepBack(); sweep.next();) {
      int node = sweep.node();
      counts.add(node, shapes.bytesOfShape(sweep.shape()));
      counts.add(reach.isShared(node) ? dominator(node) : sweep.parent(), counts.get(node));
    }
    return counts;
  }

  /** The nearest object that every way to this one goes through; 0 if there is none. Only for objects that are reached. */
  public int dominator(int node) {
    return reach.isShared(node) ? ofShared.get(sharedRanks.rank(node)) : reach.parent(node);
  }

  /** Bytes that would be free if nothing referred to this object; for 0 all that is reached. */
  public long retainedBytes(int node) {
    return retained.get(node);
  }

  /** What the objects of a class hold together. */
  public ClassRetained ofClasses() {
    return ofClasses;
  }

  /** Gives back the retained bytes; they can't be asked any more. */
  public void forgetRetained() {
    retained.close();
  }

  @Override
  public void close() {
    sharedRanks.close();
    ofShared.close();
    retained.close();
  }

  /** What the steps of this package work on. */
  public record HeapParts(HeapGraph graph, Reach reach, Storage storage) {}

  /** What all objects of a class, of a package and of a class loader hold together, by class number. */
  public static final class ClassRetained {
    private final Optional<long[]> classes;
    private final Optional<long[]> packages;
    private final Optional<long[]> loaders;

    private ClassRetained(HeapParts heap, Contracted contracted, Function<HeapClass, String> packageOf) {
      List<HeapClass> all = heap.graph().index().classes().all();
      Map<Object, Integer> numbers = new HashMap<>();
      int[][] groupsOfClass = new int[all.size()][];
      for (HeapClass heapClass : all) {
        numbers.put(heapClass.number(), heapClass.number());
      }
      for (HeapClass heapClass : all) {
        int inPackage = numbers.computeIfAbsent("package " + packageOf.apply(heapClass), key -> numbers.size());
        int inLoader = numbers.computeIfAbsent("loader " + heapClass.loaderId(), key -> numbers.size());
        groupsOfClass[heapClass.number()] = new int[] {heapClass.number(), Math.min(inPackage, inLoader),
            Math.max(inPackage, inLoader)};
      }
      long[] ofGroup = GroupRetained.of(heap, contracted, groupsOfClass, numbers.size());
      classes = byClass(ofGroup, all, HeapClass::number);
      packages = byClass(ofGroup, all, type -> numbers.getOrDefault("package " + packageOf.apply(type), 0));
      loaders = byClass(ofGroup, all, type -> numbers.getOrDefault("loader " + type.loaderId(), 0));
    }

    private ClassRetained(Packed.In in) {
      classes = longs(in);
      packages = longs(in);
      loaders = longs(in);
    }

    private static Optional<long[]> longs(Packed.In in) {
      int length = in.i4();
      return length < 0 ? Optional.empty() : Optional.of(LongStream.generate(in::i8).limit(length).toArray());
    }

    private Packed.Out packed() {
      Packed.Out out = new Packed.Out();
      for (Optional<long[]> numbers : List.of(classes, packages, loaders)) {
        out.i4(numbers.map(known -> known.length).orElse(-1));
        numbers.ifPresent(known -> LongStream.of(known).forEach(out::i8));
      }
      return out;
    }

    static ClassRetained of(HeapParts heap, Contracted contracted, Function<HeapClass, String> packageOf) {
      return new ClassRetained(heap, contracted, packageOf);
    }

    private static Optional<long[]> byClass(long[] ofGroup, List<HeapClass> all, ToIntFunction<HeapClass> group) {
      return ofGroup.length == 0
          ? Optional.empty()
          : Optional.of(all.stream().mapToLong(heapClass -> ofGroup[group.applyAsInt(heapClass)]).toArray());
    }

    /** Bytes by class number; empty if the heap has too many different ways to its objects. */
    public Optional<long[]> byClass() {
      return classes.map(long[]::clone);
    }

    /** Every class has the bytes of its package. */
    public Optional<long[]> byPackage() {
      return packages.map(long[]::clone);
    }

    /** Every class has the bytes of its loader. */
    public Optional<long[]> byLoader() {
      return loaders.map(long[]::clone);
    }
  }
}

/** A number of bytes per object: four bytes each in units of eight, as long as the whole heap is below 32 GB. */
final class ByteCounts implements AutoCloseable {
  private static final int UNIT_SHIFT = 3;
  private static final long MOST_UNITS = 0xffff_ffffL;

  private final @Nullable Ints units;
  private final @Nullable Longs wide;

  /** All numbers have to be multiples of 8 and their sum may not be above the total. */
  ByteCounts(Storage storage, long length, long totalBytes) {
    boolean narrow = totalBytes >>> UNIT_SHIFT <= MOST_UNITS;
    units = narrow ? new Ints(storage, length) : null;
    wide = narrow ? null : new Longs(storage, length);
  }

  ByteCounts(Sections from) {
    units = from.has("retained") ? Ints.over(from.get("retained")) : null;
    wide = units == null ? Longs.over(from.get("retained, wide")) : null;
  }

  void write(SectionWriter to) throws IOException {
    if (units != null) {
      to.add("retained", units.segment());
    } else if (wide != null) {
      to.add("retained, wide", wide.segment());
    }
  }

  long get(int node) {
    return units != null ? (units.get(node) & MOST_UNITS) << UNIT_SHIFT : wide != null ? wide.get(node) : 0;
  }

  void add(int node, long bytes) {
    if (units != null) {
      units.add(node, (int) (bytes >>> UNIT_SHIFT));
    } else if (wide != null) {
      wide.add(node, bytes);
    }
  }

  @Override
  public void close() {
    if (units != null) {
      units.close();
    }
    if (wide != null) {
      wide.close();
    }
  }
}
