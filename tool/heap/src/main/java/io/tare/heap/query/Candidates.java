package io.tare.heap.query;

import io.tare.heap.answers.HeapView;
import io.tare.heap.index.Classes;
import io.tare.heap.index.Classes.ClassSearch;
import io.tare.heap.index.HeapClass;
import io.tare.heap.index.HeapClass.FieldAt;
import io.tare.heap.query.Query.Source;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

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

  /** A field that no class of a FROM has is a mistake, not a list of nulls. */
  static final class FieldCheck {
    private static final int MOST_LISTED = 30;

    private FieldCheck() {}

    static void check(List<Expression> expressions, List<HeapClass> classes) throws QueryError {
      boolean open = classes.isEmpty()
          || classes.stream().anyMatch(c -> c.name().equals("java.lang.Class") || c.name().endsWith("[]"));
      if (!open) {
        for (Expression expression : expressions) {
          check(expression, classes);
        }
      }
    }

    private static void check(Expression expression, List<HeapClass> classes) throws QueryError {
      if (expression instanceof Expression.Field(int at, Expression.Self _, String name)
          && classes.stream().noneMatch(heapClass -> heapClass.field(name).isPresent())) {
        HeapClass first = classes.getFirst();
        String known = first.fields().stream().map(FieldAt::name).distinct().limit(MOST_LISTED)
            .collect(Collectors.joining(", "));
        throw new QueryError(at, first.name() + (classes.size() > 1 ? " and the others have" : " has") + " no field "
            + name + (known.isEmpty() ? "" : "; there are " + known));
      }
      for (Expression part : expression.parts()) {
        check(part, classes);
      }
    }
  }

  /** Says when nothing is found below a class because it may be an interface: a dump does not name the classes that implement one. */
  static final class Subclasses {
    private final HeapView view;
    private final Classes all;

    Subclasses(HeapView view) {
      this.view = view;
      this.all = view.graph().index().classes();
    }

    /** Refuses classes that the dump does not have. */
    void check(Expression expression) throws QueryError {
      if (expression instanceof Expression.Implements is && ClassSearch.named(all, is.className()).isEmpty()) {
        throw new QueryError(is.at(),
            "there is no class " + is.className() + " in this dump." + ClassSearch.hint(all, is.className()));
      }
      for (Expression part : expression.parts()) {
        check(part);
      }
    }

    /** What has to be said of every IMPLEMENTS. */
    List<String> notes(Expression expression) {
      List<String> notes = new ArrayList<>();
      if (expression instanceof Expression.Implements is) {
        note(is.className()).ifPresent(notes::add);
      }
      expression.parts().forEach(part -> notes.addAll(notes(part)));
      return notes;
    }

    /** Of a class without objects, own ones or of sub-classes. An interface looks the same. */
    Optional<String> note(String className) {
      return ClassSearch.named(all, className).stream().anyMatch(this::hasObjects)
          ? Optional.empty()
          : Optional.of("nothing in this dump has " + className + " as its class or super-class; if it is an interface,"
              + " that says nothing: a dump does not name the classes that implement one. Name classes, or use"
              + " FROM \"regular expression\"");
    }

    private boolean hasObjects(HeapClass named) {
      boolean[] below = new boolean[all.count()];
      all.all().forEach(heapClass -> below[heapClass.number()] = isBelow(heapClass, named.number()));
      for (int node = 1; node <= view.graph().objects(); node++) {
        if (below[view.graph().shapes().classOf(node)]) {
          return true;
        }
      }
      return false;
    }

    private boolean isBelow(HeapClass heapClass, int ancestor) {
      HeapClass at = heapClass;
      for (int depth = 0; depth < all.count() && at.number() != ancestor; depth++) {
        if (at.superNumber() < 0) {
          return false;
        }
        at = all.get(at.superNumber());
      }
      return at.number() == ancestor;
    }
  }
}
