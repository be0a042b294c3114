package io.tare.heap.waste;

import io.tare.heap.graph.HeapGraph;
import io.tare.heap.graph.Reach;
import io.tare.heap.index.HeapClass;
import io.tare.heap.store.Longs;
import io.tare.heap.store.Storage;
import io.tare.model.heap.WasteLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
    SparseArrays sparse = new SparseArrays(graph, reach);
    List<WasteLine> lines = new ArrayList<>();
    try (Longs stringValues = new Longs(storage, (graph.objects() >>> 6) + 1L)) {
      CollectionKinds kinds = new CollectionKinds(graph.index().classes());
      WastePass.Target target = new WastePass.Target(graph, reach, kinds, repeats, stringValues);
      graph.index().passes().walk(graph.index().parts(), () -> new WastePass(target))
          .forEach(pass -> {
            tally.addAll(pass.finish());
            sparse.addAll(pass.sparse());
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
    lines.addAll(sparse.lines(names));
    lines.sort(
        Comparator.comparingLong(WasteLine::bytes)
            .reversed()
            .thenComparing(WasteLine::kind)
            .thenComparing(WasteLine::what));
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
}
