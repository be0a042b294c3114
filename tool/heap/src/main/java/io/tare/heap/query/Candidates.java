package io.tare.heap.query;

import io.tare.heap.answers.HeapView;
import io.tare.heap.index.Classes;
import io.tare.heap.index.HeapClass;
import io.tare.heap.lookup.ClassSearch;
import io.tare.heap.query.Query.Source;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;

/** The objects that a FROM names, in the order of their addresses. */
final class Candidates {
  private final HeapView view;
  private final boolean unreachableToo;
  private final BitSet classes;
  private final List<Long> addresses;
  private int next = 1;

  private Candidates(HeapView view, boolean unreachableToo, BitSet classes, List<Long> addresses) {
    this.view = view;
    this.unreachableToo = unreachableToo;
    this.classes = classes;
    this.addresses = addresses;
  }

  static Candidates of(Source source, HeapView view, boolean unreachableToo) throws QueryError {
    return switch (source) {
      case Source.Addresses known -> new Candidates(view, unreachableToo, new BitSet(), present(known, view));
      case Source.Named named -> new Candidates(view, unreachableToo, classes(named, view), List.of());
      case Source.Fitting fitting -> new Candidates(view, unreachableToo,
          classes(view, fitting.withSubclasses(), fits(fitting)), List.of());
    };
  }

  private static Predicate<HeapClass> fits(Source.Fitting fitting) {
    return heapClass -> fitting.pattern().matcher(heapClass.name()).matches();
  }

  private static List<Long> present(Source.Addresses known, HeapView view) throws QueryError {
    for (long address : known.addresses()) {
      if (view.node(address) == 0) {
        throw new QueryError(known.at(), "there is no object at 0x" + Long.toHexString(address) + " in this dump");
      }
    }
    return known.addresses();
  }

  private static BitSet classes(Source.Named named, HeapView view) throws QueryError {
    Classes all = view.graph().index().classes();
    if (ClassSearch.named(all, named.className()).isEmpty()) {
      throw new QueryError(named.at(), "there is no class " + named.className() + " in this dump."
          + ClassSearch.hint(all, named.className()));
    }
    String written = ClassSearch.asWritten(named.className());
    return classes(view, named.withSubclasses(), heapClass -> heapClass.name().equals(written));
  }

  private static BitSet classes(HeapView view, boolean withSubclasses, Predicate<HeapClass> fits) {
    List<HeapClass> all = view.graph().index().classes().all();
    BitSet classes = new BitSet();
    for (HeapClass heapClass : all) {
      HeapClass at = heapClass;
      for (int depth = 0; depth < all.size() && !classes.get(heapClass.number()); depth++) {
        if (fits.test(at)) {
          classes.set(heapClass.number());
        }
        if (!withSubclasses || at.superNumber() < 0) {
          break;
        }
        at = all.get(at.superNumber());
      }
    }
    return classes;
  }

  /** The classes that are looked at; empty if single objects are. */
  List<HeapClass> ofClasses() {
    return classes.stream().mapToObj(view.graph().index().classes()::get).toList();
  }

  boolean areAtLeast(int many) {
    int found = addresses.size();
    for (int node = 1; node <= view.graph().objects() && found < many; node++) {
      found += isWanted(node) ? 1 : 0;
    }
    return found >= many;
  }

  private boolean isWanted(int node) {
    return classes.get(view.graph().shapes().classOf(node)) && (unreachableToo || view.reach().reached(node));
  }

  /** The next addresses, at most so many; none at the end. */
  List<Long> next(int most) {
    List<Long> batch = new ArrayList<>();
    while (batch.size() < most && next <= last()) {
      int node = addresses.isEmpty() ? next : view.node(addresses.get(next - 1));
      next++;
      if (!addresses.isEmpty() || isWanted(node)) {
        batch.add(view.address(node));
      }
    }
    return batch;
  }

  private int last() {
    return addresses.isEmpty() ? view.graph().objects() : addresses.size();
  }
}
