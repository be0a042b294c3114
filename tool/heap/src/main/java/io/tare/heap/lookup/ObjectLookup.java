package io.tare.heap.lookup;

import io.tare.heap.answers.HeapView;
import io.tare.heap.answers.Labels;
import io.tare.heap.answers.ObjectReader;
import io.tare.heap.answers.ObjectReader.ObjectRecord;
import io.tare.heap.answers.RootPaths;
import io.tare.heap.answers.RootPaths.ReferenceNames;
import io.tare.heap.graph.HeapGraph.RootSet;
import io.tare.heap.hprof.BasicType;
import io.tare.heap.hprof.ClassDump;
import io.tare.heap.hprof.HeapVisitor;
import io.tare.heap.hprof.HeapVisitor.Root;
import io.tare.heap.hprof.Window;
import io.tare.heap.index.Classes;
import io.tare.heap.index.DumpIndex;
import io.tare.heap.index.HeapClass;
import io.tare.heap.store.Storage;
import io.tare.model.heap.DominatorNode;
import io.tare.model.heap.HeapObject;
import io.tare.model.heap.ObjectLine;
import io.tare.model.heap.Referrer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Answers {@code --object 0x…}. */
public final class ObjectLookup {
  private static final int MOST_REFERRERS = 50;
  private static final int MOST_DOMINATORS = 50;

  private final HeapView view;
  private final ObjectReader reader;
  private final Labels labels;

  private ObjectLookup(HeapView view) {
    this.view = view;
    this.reader = view.reader();
    this.labels = new Labels(reader);
  }

  /**
   * Everything about the object at the address.
   *
   * @throws NotInDump if there is none
   */
  public static HeapObject of(long address, HeapView view, Storage storage) throws NotInDump {
    Optional<ObjectRecord> record = view.node(address) == 0 ? Optional.empty() : view.reader().find(address);
    if (record.isEmpty()) {
      throw new NotInDump("there is no object at 0x" + Long.toHexString(address)
          + " in this dump; in another dump of the same process objects have other addresses");
    }
    return new ObjectLookup(view).answer(view.node(address), record.get(), storage);
  }

  private HeapObject answer(int node, ObjectRecord record, Storage storage) {
    labels.prefetch(List.of(record.id()));
    ReferrerSearch.Found referrers = ReferrerSearch.search(record.id(), view.graph().index());
    List<Referrer> named = referrers(node, referrers.addresses());
    boolean reached = view.reach().reached(node);
    return new HeapObject(line(node, view, labels), reached, new FieldList(view, labels).of(record),
        FieldList.leftOut(record), named,
        Math.max(0, referrers.count() - Math.min(referrers.addresses().size(), MOST_REFERRERS)),
        reached ? new RootPaths(view.graph(), view.reach(), reader).to(node) : List.of(),
        reached ? dominators(node) : List.of(), reached ? Dominated.by(node, view, labels) : List.of(),
        CollectionLookup.ofObject(node, view, storage));
  }

  /** Roots first, then what no garbage is, biggest first. */
  private List<Referrer> referrers(int node, List<Long> addresses) {
    List<Referrer> referrers = new ArrayList<>(roots(node));
    Comparator<Long> biggestFirst = Comparator.comparingLong((Long address) -> retained(view.node(address)));
    List<Long> shown = addresses.stream().sorted(biggestFirst.reversed().thenComparing(address -> address))
        .limit(MOST_REFERRERS).toList();
    labels.prefetch(shown);
    ReferenceNames names = new ReferenceNames(reader, view.graph().index().outline().names());
    for (long address : shown) {
      int from = view.node(address);
      String reference = reader.find(address).map(record -> names.of(record, view.address(node))).orElse("");
      referrers.add(new Referrer(address, from == 0 ? "" : view.classOf(from).name(), labels.of(address), reference,
          view.reach().reached(from)));
    }
    return referrers;
  }

  private long retained(int node) {
    return node != 0 && view.reach().reached(node) ? view.retainedBytes(node) : -1;
  }

  private List<Referrer> roots(int node) {
    List<Referrer> roots = new ArrayList<>();
    Root root = view.graph().roots().roots().get(node);
    if (root != null) {
      roots.add(new Referrer(0, "", "", root.kind().words(), true));
    }
    for (Map.Entry<Integer, List<RootSet.Local>> locals : view.graph().roots().locals().entrySet()) {
      for (RootSet.Local local : locals.getValue()) {
        if (local.node() == node) {
          long thread = view.address(locals.getKey());
          labels.prefetch(List.of(thread));
          roots.add(new Referrer(thread, view.classOf(locals.getKey()).name(), labels.of(thread),
              local.root().kind().words(), true));
        }
      }
    }
    return roots;
  }

  private List<ObjectLine> dominators(int node) {
    List<Integer> above = new ArrayList<>();
    for (int at = view.tree().dominator(node); at != 0
        && above.size() < MOST_DOMINATORS; at = view.tree().dominator(at)) {
      above.add(at);
    }
    labels.prefetch(above.stream().map(view::address).toList());
    return above.stream().map(at -> line(at, view, labels)).toList();
  }

  /** One object on one line. */
  static ObjectLine line(int node, HeapView view, Labels labels) {
    long address = view.address(node);
    long retained = view.reach().reached(node) ? view.retainedBytes(node) : 0;
    return new ObjectLine(address, view.classOf(node).name(), labels.of(address),
        view.graph().shapes().shallowBytes(node), retained);
  }
}

/** What an object alone holds directly: some big objects, the rest by class. */
final class Dominated {
  private static final int MOST_SINGLE = 10;
  private static final int MOST_CLASSES = 10;

  private Dominated() {}

  static List<DominatorNode> by(int holder, HeapView view, Labels labels) {
    Map<Integer, long[]> sums = new HashMap<>();
    BiggestObjects biggest = new BiggestObjects(view, MOST_SINGLE);
    view.tree().dominated(holder).forEach(node -> {
      add(node, 1, sums, view);
      biggest.add(node);
    });
    List<Integer> single = biggest.list();
    single.forEach(node -> add(node, -1, sums, view));
    labels.prefetch(single.stream().map(view::address).toList());
    List<DominatorNode> held = new ArrayList<>(single.stream().map(node -> one(node, view, labels)).toList());
    held.addAll(byClass(sums, view));
    return held;
  }

  private static void add(int node, int times, Map<Integer, long[]> sums, HeapView view) {
    long[] sum = sums.computeIfAbsent(view.graph().shapes().classOf(node), number -> new long[3]);
    sum[0] += times;
    sum[1] += times * view.graph().shapes().shallowBytes(node);
    sum[2] += times * view.retainedBytes(node);
  }

  private static DominatorNode one(int node, HeapView view, Labels labels) {
    long address = view.address(node);
    return new DominatorNode(address, view.classOf(node).name(), labels.of(address), 1,
        view.graph().shapes().shallowBytes(node), view.retainedBytes(node), List.of());
  }

  /** Classes of one name are put together. */
  private static List<DominatorNode> byClass(Map<Integer, long[]> ofClasses, HeapView view) {
    Map<String, long[]> sums = new HashMap<>();
    ofClasses.forEach((number, ofClass) -> {
      if (ofClass[0] > 0) {
        long[] sum = sums.computeIfAbsent(view.graph().index().classes().get(number).name(), name -> new long[3]);
        for (int i = 0; i < sum.length; i++) {
          sum[i] += ofClass[i];
        }
      }
    });
    List<DominatorNode> groups = new ArrayList<>();
    sums.forEach((name, sum) -> groups.add(new DominatorNode(0, name, "", sum[0], sum[1], sum[2], List.of())));
    groups.sort(Comparator.comparingLong(DominatorNode::retainedBytes).reversed()
        .thenComparing(DominatorNode::className));
    return groups.stream().limit(MOST_CLASSES).toList();
  }
}

/** Who refers to an object, found by a walk over the whole dump: the graph has no way back. References of every strength count. */
final class ReferrerSearch implements HeapVisitor {
  private static final int MOST_KEPT = 10_000;

  /** The referrers by address, as many as are kept, and how many there are. */
  record Found(List<Long> addresses, long count) {}

  private final long wanted;
  private final Classes classes;
  private final List<Long> found = new ArrayList<>();
  private long count;

  private ReferrerSearch(long wanted, Classes classes) {
    this.wanted = wanted;
    this.classes = classes;
  }

  static Found search(long address, DumpIndex index) {
    TreeSet<Long> addresses = new TreeSet<>();
    long count = 0;
    for (ReferrerSearch part : index.passes().walk(index.partsReferringTo(address),
        () -> new ReferrerSearch(address, index.classes()))) {
      addresses.addAll(part.found);
      count += part.count;
    }
    return new Found(addresses.stream().limit(MOST_KEPT).toList(), count);
  }

  @Override
  public void classDump(ClassDump dump) {
    boolean refers = dump.superId() == wanted || dump.loaderId() == wanted || dump.signersId() == wanted
        || dump.protectionDomainId() == wanted || dump.constantIds().contains(wanted)
        || dump.statics().stream().anyMatch(field -> field.type() == BasicType.OBJECT && field.value() == wanted);
    if (refers) {
      add(dump.id());
    }
  }

  @Override
  public void instance(long id, long classId, Window values, int length) {
    int number = classes.find(classId);
    if (number < 0) {
      return;
    }
    for (HeapClass.FieldAt field : classes.get(number).fields()) {
      if (field.type() == BasicType.OBJECT && field.offset() + values.idBytes() <= length
          && values.idAt(field.offset()) == wanted) {
        add(id);
        return;
      }
    }
  }

  @Override
  public void objectArray(long id, long classId, Window elements, int length) {
    int idBytes = elements.idBytes();
    for (long left = length; left > 0;) {
      int ready = elements.ready(idBytes, left * idBytes) / idBytes;
      for (int i = 0; i < ready; i++) {
        if (elements.id() == wanted) {
          add(id);
          return;
        }
      }
      left = ready == 0 ? 0 : left - ready;
    }
  }

  private void add(long id) {
    count++;
    if (found.size() < MOST_KEPT) {
      found.add(id);
    }
  }
}
