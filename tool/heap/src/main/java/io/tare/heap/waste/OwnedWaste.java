package io.tare.heap.waste;

import io.tare.heap.graph.HeapGraph;
import io.tare.heap.graph.Reach;
import io.tare.heap.index.HeapClass;
import io.tare.model.heap.WasteLine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One kind of waste, such as arrays that are mostly empty, by the class of what owns them, a {@code HashMap} rather than an
 * {@code Object[]}, and by the field of the program that holds the most of them.
 */
final class OwnedWaste {
  private static final int MOST_STEPS = 16;
  /** Of so many kinds it is told which field holds the most. */
  private static final int MOST_HOLDERS = 10;
  /** Holders of one class may refer to arrays by several fields: so many of them are looked at. */
  private static final int MOST_SAMPLES = 8;

  private record Key(int ownerClass, long holder) {}

  /** {@code from} refers to {@code to}, on the way to an array. */
  private record Sample(int from, int to, long bytes) {}

  /** The first samples are the biggest, then those of the lowest numbers, so that two runs say the same. */
  private static final class Sum {
    private static final Comparator<Sample> ORDER = Comparator.comparingLong(Sample::bytes).reversed()
        .thenComparingInt(Sample::to);

    private final List<Sample> samples = new ArrayList<>();
    private long objects;
    private long bytes;

    void add(Sample sample) {
      objects++;
      bytes += sample.bytes();
      keep(sample);
    }

    private void keep(Sample sample) {
      if (sample.from() == 0 || (samples.size() == MOST_SAMPLES && ORDER.compare(sample, samples.getLast()) >= 0)) {
        return;
      }
      samples.add(sample);
      samples.sort(ORDER);
      if (samples.size() > MOST_SAMPLES) {
        samples.removeLast();
      }
    }

    void addAll(Sum other) {
      objects += other.objects;
      bytes += other.bytes;
      other.samples.forEach(this::keep);
    }

    /** The field that most of the samples' bytes hang on. */
    String field(Waste.Names names) {
      Map<String, Long> byField = new TreeMap<>();
      for (Sample sample : samples) {
        byField.merge(names.field(sample.from(), sample.to()), sample.bytes(), Long::sum);
      }
      return byField.isEmpty() ? "" : Collections.max(byField.entrySet(), Map.Entry.comparingByValue()).getKey();
    }
  }

  private final String kind;
  private final HeapGraph graph;
  private final Reach reach;
  private final Map<Key, Sum> sums = new HashMap<>();

  OwnedWaste(String kind, HeapGraph graph, Reach reach) {
    this.kind = kind;
    this.graph = graph;
    this.reach = reach;
  }

  /** What an array wastes counts for what owns it. */
  void addArray(int array, long bytes) {
    int owner = reach.parent(array);
    add(isInstance(owner) ? graph.shapes().classOf(owner) : graph.shapes().classOf(array), array, bytes);
  }

  void addCollection(int collection, long bytes) {
    add(graph.shapes().classOf(collection), collection, bytes);
  }

  private void add(int ownerClass, int node, long bytes) {
    int to = node;
    int from = reach.parent(node);
    for (int step = 0; step < MOST_STEPS && from != 0 && isPlumbing(from); step++) {
      to = from;
      from = reach.parent(from);
    }
    // The static fields of one class are no holders of another's.
    long holder = from == 0 ? 0 : isClass(from) ? -(long) from : graph.shapes().classOf(from) + 1L;
    sums.computeIfAbsent(new Key(ownerClass, holder), key -> new Sum()).add(new Sample(from, to, bytes));
  }

  void addAll(OwnedWaste other) {
    other.sums.forEach((key, sum) -> sums.computeIfAbsent(key, unseen -> new Sum()).addAll(sum));
  }

  private HeapClass classOf(int node) {
    return graph.index().classes().get(graph.shapes().classOf(node));
  }

  private boolean isClass(int node) {
    return graph.index().classes().ofNode(node).isPresent();
  }

  private boolean isInstance(int node) {
    return node != 0 && !isClass(node) && classOf(node).kind() != HeapClass.Kind.ARRAY;
  }

  /** A collection inside a collection: not yet what the program's author would look for. */
  private boolean isPlumbing(int node) {
    boolean isArray = classOf(node).kind() == HeapClass.Kind.ARRAY;
    return !isClass(node) && (isArray || classOf(node).name().startsWith("java.util."));
  }

  /** Most bytes first; only for the biggest it is told which field holds the most. */
  List<WasteLine> lines(Waste.Names names) {
    Map<Integer, List<Sum>> byOwner = new HashMap<>();
    sums.forEach((key, sum) -> byOwner.computeIfAbsent(key.ownerClass(), unseen -> new ArrayList<>()).add(sum));
    List<Map.Entry<Integer, List<Sum>>> owners = new ArrayList<>(byOwner.entrySet());
    owners.sort(Comparator.comparingLong((Map.Entry<Integer, List<Sum>> owner) -> bytes(owner.getValue())).reversed()
        .thenComparing(Map.Entry::getKey));
    List<WasteLine> lines = new ArrayList<>();
    for (Map.Entry<Integer, List<Sum>> owner : owners) {
      String field = lines.size() < MOST_HOLDERS ? biggest(owner.getValue()).field(names) : "";
      String what = graph.index().classes().get(owner.getKey()).name() + (field.isEmpty() ? "" : ", most in " + field);
      long objects = owner.getValue().stream().mapToLong(sum -> sum.objects).sum();
      lines.add(new WasteLine(kind, what, objects, bytes(owner.getValue())));
    }
    return lines;
  }

  private static long bytes(List<Sum> sums) {
    return sums.stream().mapToLong(sum -> sum.bytes).sum();
  }

  private static Sum biggest(List<Sum> sums) {
    return Collections.max(sums, Comparator.comparingLong((Sum sum) -> sum.bytes)
        .thenComparingInt(sum -> sum.samples.isEmpty() ? 0 : -sum.samples.getFirst().to()));
  }
}
