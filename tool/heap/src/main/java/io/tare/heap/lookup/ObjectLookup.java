package io.tare.heap.lookup;

import io.tare.heap.answers.HeapView;
import io.tare.heap.answers.Labels;
import io.tare.heap.answers.ObjectReader;
import io.tare.heap.answers.ObjectRecord;
import io.tare.heap.answers.ReferenceNames;
import io.tare.heap.answers.RootPaths;
import io.tare.heap.graph.RootSet;
import io.tare.heap.hprof.Root;
import io.tare.model.heap.HeapObject;
import io.tare.model.heap.ObjectLine;
import io.tare.model.heap.Referrer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
  public static HeapObject of(long address, HeapView view) throws NotInDump {
    Optional<ObjectRecord> record = view.node(address) == 0 ? Optional.empty() : view.reader().find(address);
    if (record.isEmpty()) {
      throw new NotInDump("there is no object at 0x" + Long.toHexString(address)
          + " in this dump; in another dump of the same process objects have other addresses");
    }
    return new ObjectLookup(view).answer(view.node(address), record.get());
  }

  private HeapObject answer(int node, ObjectRecord record) {
    labels.prefetch(List.of(record.id()));
    ReferrerSearch.Found referrers = ReferrerSearch.search(record.id(), view.graph().index());
    List<Referrer> named = referrers(node, referrers.addresses());
    boolean reached = view.reach().reached(node);
    return new HeapObject(Lines.of(node, view, labels), reached, new FieldList(view, labels).of(record),
        FieldList.leftOut(record), named,
        Math.max(0, referrers.count() - Math.min(referrers.addresses().size(), MOST_REFERRERS)),
        reached ? new RootPaths(view.graph(), view.reach(), reader).to(node) : List.of(),
        reached ? dominators(node) : List.of(), reached ? Dominated.by(node, view, labels) : List.of());
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
    return above.stream().map(at -> Lines.of(at, view, labels)).toList();
  }
}
