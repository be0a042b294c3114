package io.tare.heap.query;

import io.tare.heap.answers.HeapView;
import io.tare.heap.index.Classes;
import io.tare.heap.index.HeapClass;
import io.tare.heap.lookup.ClassSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says when nothing is found below a class because it may be an interface: a dump does not name the classes that implement one. */
final class Subclasses {
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
