package io.tare.heap.waste;

import io.tare.heap.collections.CollectionKinds;
import io.tare.heap.graph.HeapGraph;
import io.tare.heap.graph.Reach;
import io.tare.heap.index.HeapClass;
import io.tare.heap.store.BigArrays.Longs;
import io.tare.heap.store.Storage;
import io.tare.model.heap.WasteLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Finds what is stored twice, empty, or longer than needed. */
public final class Waste {
  private static final int MOST_TEXTS = 20;

  private final HeapGraph graph;
  private final Reach reach;

  private Waste(HeapGraph graph, Reach reach) {
    this.graph = graph;
    this.reach = reach;
  }

  /** Words for what is found. */
  public interface Names {
    /** The text of a string's value array. */
    String text(int array);

    /** The field of one object, or of a class, that refers to another: {@code app.Session.attributes}. */
    String field(int from, int to);
  }

  /** Most bytes first. Only for the biggest names are asked for. */
  public static List<WasteLine> find(HeapGraph graph, Reach reach, Storage storage, Names names) {
    return new Waste(graph, reach).find(storage, names);
  }

  private List<WasteLine> find(Storage storage, Names names) {
    Repeats repeats = new Repeats(storage, graph.objects());
    Tally tally = new Tally();
    List<OwnedWaste> owned = WastePass.KINDS.stream().map(kind -> new OwnedWaste(kind, graph, reach)).toList();
    List<WasteLine> lines = new ArrayList<>();
    try (Longs stringValues = new Longs(storage, (graph.objects() >>> 6) + 1L)) {
      CollectionKinds kinds = new CollectionKinds(graph.index().classes());
      WastePass.Target target = new WastePass.Target(graph, reach, kinds, repeats, stringValues);
      graph.index().passes().walk(graph.index().parts(), () -> new WastePass(target))
          .forEach(pass -> {
            tally.addAll(pass.finish());
            for (int kind = 0; kind < owned.size(); kind++) {
              owned.get(kind).addAll(pass.owned().get(kind));
            }
          });
      Comparator<Repeats.Repeat> biggestFirst = Comparator.comparingLong(this::bytes).reversed();
      TreeSet<Repeats.Repeat> strings = new TreeSet<>(biggestFirst.thenComparingInt(Repeats.Repeat::node));
      repeats.forEach(repeat -> {
        count(repeat, stringValues, tally);
        if (isString(stringValues, repeat.node())) {
          strings.add(repeat);
          if (strings.size() > MOST_TEXTS) {
            strings.pollLast();
          }
        }
      });
      strings.forEach(repeat -> lines.add(new WasteLine("duplicate string", names.text(repeat.node()),
          repeat.count() - 1L, bytes(repeat))));
    }
    repeats.close();
    lines.addAll(tally.lines());
    owned.forEach(kind -> lines.addAll(kind.lines(names)));
    lines.addAll(duplicateClasses());
    lines.sort(
        Comparator.comparingLong(WasteLine::bytes)
            .reversed()
            .thenComparing(WasteLine::kind)
            .thenComparing(WasteLine::what));
    return lines;
  }

  /** Classes of one name that several loaders have loaded, each with its own static fields and code. Hidden ones have names of their own. */
  private List<WasteLine> duplicateClasses() {
    Map<String, List<HeapClass>> byName = new HashMap<>();
    for (HeapClass heapClass : graph.index().classes().all()) {
      if (heapClass.node() != 0 && reach.reached(heapClass.node()) && heapClass.kind() != HeapClass.Kind.ARRAY) {
        byName.computeIfAbsent(heapClass.name(), unseen -> new ArrayList<>()).add(heapClass);
      }
    }
    List<WasteLine> lines = new ArrayList<>();
    byName.forEach((name, same) -> {
      long loaders = same.stream().mapToLong(HeapClass::loaderId).distinct().count();
      if (loaders > 1) {
        long bytes = same.stream().skip(1).mapToLong(heapClass -> graph.shapes().shallowBytes(heapClass.node())).sum();
        lines.add(new WasteLine("duplicate classes", name + ", by " + loaders + " loaders", same.size() - 1L, bytes));
      }
    });
    return lines;
  }

  private void count(Repeats.Repeat repeat, Longs stringValues, Tally tally) {
    HeapClass heapClass = graph.index().classes().get(graph.shapes().classOf(repeat.node()));
    boolean isArray = heapClass.kind() == HeapClass.Kind.ARRAY;
    String kind = !isArray
        ? "repeated boxed numbers"
        : isString(stringValues, repeat.node()) ? "duplicate strings" : "duplicate arrays";
    String what = kind.equals("duplicate strings") ? "all" : heapClass.name();
    tally.add(kind, what, repeat.count() - 1L, bytes(repeat));
  }

  private long bytes(Repeats.Repeat repeat) {
    return (repeat.count() - 1) * graph.shapes().shallowBytes(repeat.node());
  }

  private static boolean isString(Longs stringValues, int node) {
    return ((stringValues.get(node >>> 6) >>> node) & 1) != 0;
  }

  /** Sums of objects and bytes by kind of waste and class. */
  static final class Tally {
    private record Key(String kind, String what) {}

    private final Map<Key, long[]> sums = new HashMap<>();

    void add(String kind, String what, long objects, long bytes) {
      long[] sum = sums.computeIfAbsent(new Key(kind, what), key -> new long[2]);
      sum[0] += objects;
      sum[1] += bytes;
    }

    void addAll(Tally other) {
      other.sums.forEach((key, sum) -> add(key.kind(), key.what(), sum[0], sum[1]));
    }

    List<WasteLine> lines() {
      List<WasteLine> lines = new ArrayList<>();
      sums.forEach((key, sum) -> lines.add(new WasteLine(key.kind(), key.what(), sum[0], sum[1])));
      return lines;
    }
  }
}
