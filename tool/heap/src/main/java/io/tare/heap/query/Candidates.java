package io.tare.heap.query;

import io.tare.heap.answers.HeapView;
import io.tare.heap.graph.ObjectScan;
import io.tare.heap.index.Classes;
import io.tare.heap.index.Classes.ClassSearch;
import io.tare.heap.index.DumpIndex.ObjectIndex.Ascending;
import io.tare.heap.index.HeapClass;
import io.tare.heap.index.HeapClass.FieldAt;
import io.tare.heap.index.Shapes;
import io.tare.heap.query.Query.Named;
import io.tare.heap.query.Query.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The objects that a FROM names, in the order of their addresses. */
final class Candidates {
  private static final long[] NONE = {};

  private final HeapView view;
  private final boolean unreachableToo;
  private final BitSet classes;
  private final boolean[] wantedShapes;
  private final ObjectScan scan;
  private final long[] addresses;
  private final Ascending known;
  private IntPredicate leftOut = node -> false;
  private int next;

  private Candidates(HeapView view, boolean unreachableToo, BitSet classes, long[] addresses) {
    this.view = view;
    this.unreachableToo = unreachableToo;
    this.classes = classes;
    this.wantedShapes = wantedShapes(view.graph().shapes(), classes);
    this.scan = scan();
    this.known = view.graph().index().objects().ascending();
    this.addresses = addresses;
  }

  /** What a SELECT or an expression after FROM gives. */
  interface Inner {
    long[] addresses(Named inner) throws QueryError;
  }

  static Candidates of(Source source, HeapView view, boolean unreachableToo, Inner inner) throws QueryError {
    return new Search(source, view, unreachableToo, inner).candidates();
  }

  /** Finds out what a FROM names. */
  private record Search(Source source, HeapView view, boolean unreachableToo, Inner inner) {
    Candidates candidates() throws QueryError {
      return switch (source.named()) {
        case Named.ClassName named -> ofClasses(named(named.name()));
        case Named.Fitting fitting -> ofClasses(
            classes(heapClass -> fitting.pattern().matcher(heapClass.name()).matches()));
        case Named.AllClasses _ -> ofClasses(classes(heapClass -> true));
        case Named.Addresses known -> ofObjects(present(known.addresses()));
        case Named.Numbers known -> ofObjects(numbered(known.numbers()));
        case Named.Roots _ -> ofObjects(Arrays.stream(roots()).mapToLong(view::address).toArray());
        case Named.Found _,Named.Computed _ -> ofFound(inner.addresses(source.named()));
      };
    }

    private int[] roots() {
      BitSet nodes = new BitSet();
      Arrays.stream(view.graph().roots().nodes()).forEach(nodes::set);
      view.graph().roots().locals().values().forEach(locals -> locals.forEach(local -> nodes.set(local.node())));
      return nodes.stream().toArray();
    }

    private Candidates ofClasses(BitSet found) {
      long[] objects = source.asObjects()
          ? found.stream().mapToObj(view.graph().index().classes()::get).filter(known -> known.node() != 0)
              .mapToLong(HeapClass::id).toArray()
          : NONE;
      return new Candidates(view, unreachableToo, source.asObjects() ? new BitSet() : found, objects);
    }

    /** An address of a class stands for its instances, as in MAT, unless OBJECTS is there; another address for the object. */
    private Candidates ofObjects(long[] objects) {
      BitSet found = new BitSet();
      for (long address : source.asObjects() ? NONE : objects) {
        view.graph().index().classes().ofNode(view.node(address)).ifPresent(known -> found.set(known.number()));
      }
      if (!found.isEmpty() && objects.length == found.cardinality()) {
        return new Candidates(view, unreachableToo, classes(known -> found.get(known.number())), NONE);
      }
      return new Candidates(view, unreachableToo, new BitSet(), objects);
    }

    private Candidates ofFound(long[] objects) throws QueryError {
      Candidates known = ofObjects(objects);
      if (!source.asObjects() && known.classes.isEmpty() && objects.length > 0) {
        throw new QueryError(source.at(),
            "this gives objects that are no classes; write FROM OBJECTS for the objects themselves");
      }
      return known;
    }

    private long[] present(List<Long> addresses) throws QueryError {
      for (long address : addresses) {
        if (view.node(address) == 0) {
          throw new QueryError(source.at(), "there is no object at 0x" + Long.toHexString(address) + " in this dump");
        }
      }
      return addresses.stream().mapToLong(Long::longValue).toArray();
    }

    private long[] numbered(List<Long> numbers) throws QueryError {
      for (long number : numbers) {
        if (number < 1 || number > view.graph().objects()) {
          throw new QueryError(source.at(),
              "there is no object with the number " + number + " in this dump; they go from 1 to "
                  + view.graph().objects() + " (@objectId), and are others than Eclipse MAT's");
        }
      }
      return numbers.stream().mapToLong(number -> view.address(number.intValue())).toArray();
    }

    private BitSet named(String className) throws QueryError {
      Classes all = view.graph().index().classes();
      if (ClassSearch.named(all, className).isEmpty()) {
        throw new QueryError(source.at(),
            "there is no class " + className + " in this dump." + ClassSearch.hint(all, className));
      }
      String written = ClassSearch.asWritten(className);
      return classes(heapClass -> heapClass.name().equals(written));
    }

    private BitSet classes(Predicate<HeapClass> fits) {
      List<HeapClass> all = view.graph().index().classes().all();
      BitSet found = new BitSet();
      for (HeapClass heapClass : all) {
        HeapClass at = heapClass;
        for (int depth = 0; depth < all.size() && !found.get(heapClass.number()); depth++) {
          if (fits.test(at)) {
            found.set(heapClass.number());
          }
          if (!source.withSubclasses() || at.superNumber() < 0) {
            break;
          }
          at = all.get(at.superNumber());
        }
      }
      return found;
    }
  }

  /** The classes that are looked at; empty if single objects are. */
  List<HeapClass> ofClasses() {
    return classes.stream().mapToObj(view.graph().index().classes()::get).toList();
  }

  boolean areAtLeast(int many) {
    int found = addresses.length;
    for (ObjectScan counted = scan(); found < many && !classes.isEmpty() && counted.next() != 0;) {
      found++;
    }
    return found >= many;
  }

  private ObjectScan scan() {
    return new ObjectScan(view.graph().shapes(), wantedShapes,
        unreachableToo ? Optional.empty() : Optional.of(view.reach().reachedOnes()));
  }

  /** Every object is asked, and shapes are few. */
  private static boolean[] wantedShapes(Shapes shapes, BitSet classes) {
    boolean[] wanted = new boolean[shapes.count()];
    for (int shape = 1; shape < wanted.length; shape++) {
      wanted[shape] = classes.get(shapes.classOfShape(shape));
    }
    return wanted;
  }

  /** Objects of classes that need not be looked at. */
  void leaveOut(IntPredicate which) {
    leftOut = which;
  }

  /** The next addresses, at most so many; none at the end. */
  List<Long> next(int most) {
    List<Long> batch = new ArrayList<>();
    if (addresses.length > 0) {
      while (batch.size() < most && next < addresses.length) {
        batch.add(addresses[next++]);
      }
      return batch;
    }
    for (int node = classes.isEmpty() ? 0 : scan.next(); node != 0; node = scan.next()) {
      if (!leftOut.test(node)) {
        batch.add(known.idOf(node));
      }
      if (batch.size() == most) {
        break;
      }
    }
    return batch;
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
      if (expression instanceof Expression.Implements is && !is.className().startsWith(Members.MAT_MODEL)
          && ClassSearch.named(all, is.className()).isEmpty()) {
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
      if (expression instanceof Expression.Implements is && !is.className().startsWith(Members.MAT_MODEL)) {
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
