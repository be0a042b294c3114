package io.tare.heapdump.query;

import io.tare.heapdump.answers.HeapView;
import io.tare.heapdump.index.Classes;
import io.tare.heapdump.index.HeapClass;
import io.tare.heapdump.lookup.ClassSearch;

/** Refuses to ask for the sub-classes of an interface: a dump does not name the classes that implement one, so none would be found. */
final class SubclassCheck {
  private SubclassCheck() {}

  /** Looks at every IMPLEMENTS. */
  static void check(Expression expression, HeapView view) throws QueryError {
    if (expression instanceof Expression.Implements is) {
      check(is.at(), is.className(), view);
    }
    for (Expression part : expression.parts()) {
      check(part, view);
    }
  }

  static void check(int at, String className, HeapView view) throws QueryError {
    Classes all = view.graph().index().classes();
    if (ClassSearch.named(all, className).isEmpty()) {
      throw new QueryError(at, "there is no class " + className + " in this dump." + ClassSearch.hint(all, className));
    }
    for (HeapClass named : ClassSearch.named(all, className)) {
      if (isInterface(named, view)) {
        throw new QueryError(at, className + " is an interface, and a dump does not say which classes implement it; name"
            + " a class, or use a regular expression: FROM \"…\", classof(x).@name LIKE \"…\"");
      }
    }
  }

  /** An interface has no super-class in a dump, nor has it objects; of classes only {@code java.lang.Object} has no super-class. */
  private static boolean isInterface(HeapClass named, HeapView view) {
    if (named.superNumber() >= 0 || named.kind() != HeapClass.Kind.PLAIN || named.name().equals("java.lang.Object")) {
      return false;
    }
    for (int node = 1; node <= view.graph().objects(); node++) {
      if (view.graph().shapes().classOf(node) == named.number()) {
        return false;
      }
    }
    return true;
  }
}
