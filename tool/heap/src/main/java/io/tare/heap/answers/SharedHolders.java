package io.tare.heap.answers;

import io.tare.heap.graph.HeapGraph.RootSet;
import io.tare.heap.hprof.BasicType;
import io.tare.heap.hprof.ClassDump;
import io.tare.heap.hprof.HeapVisitor;
import io.tare.heap.hprof.Window;
import io.tare.heap.index.Classes;
import io.tare.heap.index.HeapClass;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who holds an object that no single reference keeps: on each way to it one object that refers to it. */
final class SharedHolders {
  /** A way down is followed so far at most; a longer one is a list. */
  private static final int DEEPEST = 1_000_000;

  private final HeapView view;
  private final Map<Integer, List<Integer>> referrers;

  private SharedHolders(HeapView view, Map<Integer, List<Integer>> referrers) {
    this.view = view;
    this.referrers = referrers;
  }

  /**
   * Where the way to an object is not the only one: the nearest object above it, or itself, that the reference on the way does not hold alone. 0
   * if each reference holds what comes behind it, up to the class or thread where the way begins.
   */
  static int sharedOnTheWay(HeapView view, int node) {
    for (int at = node;;) {
      int above = view.reach().parent(at);
      if (above == 0) {
        // What is a root itself may be held by others too.
        return isOrigin(view, at) ? 0 : at;
      }
      if (view.tree().dominator(at) != above) {
        return at;
      }
      if (isOrigin(view, above)) {
        return 0;
      }
      at = above;
    }
  }

  /** A class or a thread: what it is held by nobody asks. */
  private static boolean isOrigin(HeapView view, int node) {
    return view.classOf(node).kind() == HeapClass.Kind.THREAD
        || view.graph().index().classes().ofNode(node).isPresent();
  }

  /** Looks for all that refer to these objects in one walk over the dump: the graph has no way back. */
  static SharedHolders of(HeapView view, Collection<Integer> nodes) {
    Map<Integer, List<Integer>> referrers = new HashMap<>();
    if (!nodes.isEmpty()) {
      Map<Long, Integer> wanted = new HashMap<>();
      nodes.forEach(node -> wanted.put(view.address(node), node));
      Classes classes = view.graph().index().classes();
      view.graph().index().passes().walk(view.graph().index().parts(), () -> new Search(wanted, classes))
          .forEach(part -> part.found.forEach((node, ids) -> ids.stream().map(view::node)
              .forEach(from -> referrers.computeIfAbsent(node, key -> new ArrayList<>()).add(from))));
      Set<Integer> all = new HashSet<>(nodes);
      view.graph().roots().locals().forEach((thread, locals) -> locals.stream().map(RootSet.Local::node)
          .filter(all::contains)
          .forEach(node -> referrers.computeIfAbsent(node, key -> new ArrayList<>()).add(thread)));
    }
    return new SharedHolders(view, referrers);
  }

  /**
   * Of the objects that refer to this one, one for each way that does not need the others; the one on the shortest way first. Objects that lie
   * behind the same holder are one way.
   */
  List<Integer> of(int node) {
    int top = view.tree().dominator(node);
    Map<Integer, Integer> byBranch = new LinkedHashMap<>();
    int first = view.reach().parent(node);
    byBranch.put(branch(first, node, top), first);
    referrers.getOrDefault(node, List.of()).stream().filter(from -> from != 0 && view.reach().reached(from))
        .sorted(Comparator.comparingInt(this::depth).thenComparingInt(from -> from))
        .forEach(from -> byBranch.putIfAbsent(branch(from, node, top), from));
    // What lies behind the object itself refers back to it and holds nothing.
    byBranch.remove(-1);
    return List.copyOf(byBranch.values());
  }

  /** What stands directly below the dominator of both; -1 if it is the object itself. */
  private int branch(int from, int node, int top) {
    int at = from;
    for (int step = 0; step < DEEPEST && at != 0 && at != top; step++) {
      int above = view.tree().dominator(at);
      if (at == node) {
        return -1;
      }
      if (above == top) {
        return at;
      }
      at = above;
    }
    return at;
  }

  private int depth(int node) {
    int depth = 0;
    for (int at = node; at != 0 && depth < DEEPEST; at = view.reach().parent(at)) {
      depth++;
    }
    return depth;
  }

  /** References that hold, as the graph has them. One thread's own. */
  private static final class Search implements HeapVisitor {
    private static final int MOST = 1000;

    private final Map<Long, Integer> wanted;
    private final Classes classes;
    private final Map<Integer, List<Long>> found = new HashMap<>();

    Search(Map<Long, Integer> wanted, Classes classes) {
      this.wanted = wanted;
      this.classes = classes;
    }

    @Override
    public void classDump(ClassDump dump) {
      for (ClassDump.StaticField field : dump.statics()) {
        if (field.type() == BasicType.OBJECT) {
          look(dump.id(), field.value());
        }
      }
    }

    @Override
    public void instance(long id, long classId, Window values, int length) {
      int number = classes.find(classId);
      HeapClass.Offsets offsets = number < 0
          ? new HeapClass.Offsets(new int[0])
          : classes.get(number).referenceOffsets();
      for (int i = 0; i < offsets.count(); i++) {
        if (offsets.get(i) + values.idBytes() <= length) {
          look(id, values.idAt(offsets.get(i)));
        }
      }
    }

    @Override
    public void objectArray(long id, long classId, Window elements, int count) {
      int idBytes = elements.idBytes();
      for (long left = count; left > 0;) {
        int ready = elements.ready(idBytes, left * idBytes) / idBytes;
        for (int i = 0; i < ready; i++) {
          look(id, elements.id());
        }
        left = ready == 0 ? 0 : left - ready;
      }
    }

    private void look(long from, long to) {
      Integer node = to == 0 ? null : wanted.get(to);
      if (node != null) {
        List<Long> known = found.computeIfAbsent(node, key -> new ArrayList<>());
        if (known.size() < MOST) {
          known.add(from);
        }
      }
    }
  }
}
