package io.tare.heap.query;

import io.tare.heap.answers.FieldValues;
import io.tare.heap.answers.HeapView;
import io.tare.heap.answers.ObjectReader;
import io.tare.heap.answers.ObjectReader.ObjectRecord;
import io.tare.heap.graph.HeapGraph.RootSet;
import io.tare.heap.hprof.BasicType;
import io.tare.heap.hprof.ClassDump;
import io.tare.heap.hprof.HeapVisitor;
import io.tare.heap.hprof.Outline.Segment;
import io.tare.heap.hprof.Window;
import io.tare.heap.index.Classes;
import io.tare.heap.index.DumpIndex;
import io.tare.heap.index.DumpIndex.ObjectIndex;
import io.tare.heap.index.HeapClass;
import io.tare.heap.index.HeapClass.FieldAt;
import io.tare.model.heap.HeapValue;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Who refers to an object, what it refers to, and what it holds alone. The graph has no way back: what is asked of many objects is
 * gathered in one walk over the file, or over the dominators.
 */
final class Relations {
  /** Each is asked for alone; of more all objects are looked through once. */
  private static final int FEW = 16;
  private static final int MOST_PAIRS = 20_000_000;

  private final HeapView view;
  private final ObjectReader reader;
  private final boolean unreachableToo;
  private final Map<Integer, int[]> inbounds = new HashMap<>();
  private final Map<Integer, int[]> dominated = new HashMap<>();

  Relations(HeapView view, ObjectReader reader, boolean unreachableToo) {
    this.view = view;
    this.reader = reader;
    this.unreachableToo = unreachableToo;
  }

  /** The objects by number, as values that are made when they are looked at. */
  HeapValue many(int[] nodes) {
    return new HeapValue.Many(new AbstractList<>() {
      @Override
      public HeapValue get(int index) {
        return FieldValues.reference(view.address(nodes[index]), view);
      }

      @Override
      public int size() {
        return nodes.length;
      }
    }, nodes.length);
  }

  /** Who refers to the object by a reference of any strength: fields, elements, static fields, local variables of threads. */
  HeapValue inbounds(int node, Expression at) throws QueryError {
    if (!inbounds.containsKey(node)) {
      gatherInbounds(List.of(node), at);
    }
    return many(inbounds.getOrDefault(node, new int[0]));
  }

  void gatherInbounds(Collection<Integer> nodes, Expression at) throws QueryError {
    BitSet wanted = new BitSet();
    nodes.stream().filter(node -> node > 0 && !inbounds.containsKey(node)).forEach(wanted::set);
    if (wanted.isEmpty()) {
      return;
    }
    Pairs pairs = new Pairs();
    DumpIndex index = view.graph().index();
    List<Segment> parts = wanted.cardinality() == 1
        ? index.partsReferringTo(view.address(wanted.nextSetBit(0)))
        : index.parts();
    for (Referrers part : index.passes().walk(parts, () -> new Referrers(wanted))) {
      pairs.addAll(part.pairs);
    }
    view.graph().roots().locals().forEach((thread, locals) -> locals.stream().filter(local -> wanted.get(local.node()))
        .forEach(local -> pairs.add(local.node(), thread)));
    if (pairs.count > MOST_PAIRS) {
      throw new QueryError(at.at(), "more than " + MOST_PAIRS + " references to these objects; narrow it by WHERE");
    }
    wanted.stream().forEach(node -> inbounds.put(node, new int[0]));
    inbounds.putAll(pairs.byFirst(node -> unreachableToo || view.reach().reached(node)));
  }

  /** What the object alone holds directly; for 0 what only the roots together hold. */
  HeapValue dominated(int node) {
    if (!dominated.containsKey(node)) {
      gatherDominated(List.of(node));
    }
    return many(dominated.getOrDefault(node, new int[0]));
  }

  void gatherDominated(Collection<Integer> nodes) {
    BitSet wanted = new BitSet();
    nodes.stream().filter(node -> node >= 0 && !dominated.containsKey(node)).forEach(wanted::set);
    if (wanted.isEmpty()) {
      return;
    }
    if (wanted.cardinality() <= FEW) {
      wanted.stream().forEach(node -> dominated.put(node, view.tree().dominated(node).toArray()));
      return;
    }
    Pairs pairs = new Pairs();
    for (int node = 1; node <= view.graph().objects(); node++) {
      if (view.reach().reached(node) && wanted.get(view.tree().dominator(node))) {
        pairs.add(view.tree().dominator(node), node);
      }
    }
    wanted.stream().forEach(node -> dominated.put(node, new int[0]));
    dominated.putAll(pairs.byFirst(node -> true));
  }

  /** What the object refers to, its class first, everything once. */
  HeapValue outbounds(int node) {
    Set<Integer> nodes = new TreeSet<>();
    ObjectRecord record = reader.find(view.address(node)).orElse(null);
    switch (record) {
      case ObjectRecord.Instance instance -> instance.heapClass().fields().stream()
          .filter(field -> field.type() == BasicType.OBJECT)
          .forEach(field -> reader.value(instance, field).ifPresent(id -> nodes.add(view.node(id))));
      case ObjectRecord.Array array when array.type() == BasicType.OBJECT -> IntStream.range(0, array.count())
          .forEach(at -> reader.element(array, at).ifPresent(id -> nodes.add(view.node(id))));
      case ObjectRecord.Mirror mirror -> ofClass(mirror.dump(), nodes);
      case ObjectRecord.Array _ -> {
      }
      case null -> {
      }
    }
    view.graph().roots().locals().getOrDefault(node, List.<RootSet.Local>of())
        .forEach(local -> nodes.add(local.node()));
    int classNode = view.classOf(node).node();
    nodes.remove(0);
    nodes.remove(classNode);
    IntStream first = classNode == 0 ? IntStream.empty() : IntStream.of(classNode);
    return many(IntStream.concat(first, nodes.stream().mapToInt(Integer::intValue)).toArray());
  }

  private void ofClass(ClassDump dump, Set<Integer> nodes) {
    nodes.addAll(List.of(view.node(dump.superId()), view.node(dump.loaderId()), view.node(dump.signersId()),
        view.node(dump.protectionDomainId())));
    dump.constantIds().forEach(id -> nodes.add(view.node(id)));
    dump.statics().stream().filter(field -> field.type() == BasicType.OBJECT)
        .forEach(field -> nodes.add(view.node(field.value())));
  }

  /** Finds the references to some objects. One thread's own. */
  private final class Referrers implements HeapVisitor {
    private final BitSet wanted;
    private final Classes classes = view.graph().index().classes();
    private final ObjectIndex objects = view.graph().index().objects();
    private final Pairs pairs = new Pairs();

    Referrers(BitSet wanted) {
      this.wanted = wanted;
    }

    private void add(long to, long from) {
      int node = to == 0 ? 0 : objects.find(to);
      if (node != 0 && wanted.get(node) && pairs.count <= MOST_PAIRS) {
        pairs.add(node, objects.find(from));
      }
    }

    @Override
    public void classDump(ClassDump dump) {
      add(dump.superId(), dump.id());
      add(dump.loaderId(), dump.id());
      add(dump.signersId(), dump.id());
      add(dump.protectionDomainId(), dump.id());
      dump.constantIds().forEach(id -> add(id, dump.id()));
      dump.statics().stream().filter(field -> field.type() == BasicType.OBJECT)
          .forEach(field -> add(field.value(), dump.id()));
    }

    @Override
    public void instance(long id, long classId, Window values, int length) {
      int number = classes.find(classId);
      if (number < 0) {
        return;
      }
      HeapClass heapClass = classes.get(number);
      for (FieldAt field : heapClass.fields()) {
        if (field.type() == BasicType.OBJECT && field.offset() + values.idBytes() <= length) {
          add(values.idAt(field.offset()), id);
        }
      }
    }

    @Override
    public void objectArray(long id, long classId, Window elements, int count) {
      int idBytes = elements.idBytes();
      for (long left = count; left > 0;) {
        int ready = elements.ready(idBytes, left * idBytes) / idBytes;
        for (int i = 0; i < ready; i++) {
          add(elements.id(), id);
        }
        left = ready == 0 ? 0 : left - ready;
      }
    }
  }

  /** Two numbers each, in a row. */
  private static final class Pairs {
    private long[] all = new long[64];
    private int count;

    void add(int first, int second) {
      if (count == all.length) {
        all = Arrays.copyOf(all, 2 * count);
      }
      all[count++] = (long) first << Integer.SIZE | second;
    }

    void addAll(Pairs other) {
      all = Arrays.copyOf(all, Math.max(all.length, count + other.count));
      System.arraycopy(other.all, 0, all, count, other.count);
      count += other.count;
    }

    /** The second ones by the first, each once, in order. */
    Map<Integer, int[]> byFirst(java.util.function.IntPredicate wanted) {
      long[] sorted = Arrays.stream(all, 0, count).filter(pair -> wanted.test((int) pair)).sorted().distinct()
          .toArray();
      Map<Integer, int[]> grouped = new HashMap<>();
      for (int from = 0, to; from < sorted.length; from = to) {
        long first = sorted[from] >>> Integer.SIZE;
        to = from;
        while (to < sorted.length && sorted[to] >>> Integer.SIZE == first) {
          to++;
        }
        grouped.put((int) first, Arrays.stream(sorted, from, to).mapToInt(pair -> (int) pair).toArray());
      }
      return grouped;
    }
  }
}
