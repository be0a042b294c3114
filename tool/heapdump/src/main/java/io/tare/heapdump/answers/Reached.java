package io.tare.heapdump.answers;

import io.tare.heapdump.index.HeapClass;
import io.tare.heapdump.index.Shapes;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/** The reached objects of some classes. */
final class Reached {
  private Reached() {}

  /** In the order of their numbers. */
  static void each(HeapView view, Predicate<HeapClass> wanted, IntConsumer each) {
    Shapes shapes = view.graph().shapes();
    boolean[] isWanted = new boolean[shapes.count()];
    for (int shape = 1; shape < isWanted.length; shape++) {
      isWanted[shape] = wanted.test(view.graph().index().classes().get(shapes.classOfShape(shape)));
    }
    for (int node = 1; node <= view.graph().objects(); node++) {
      if (isWanted[shapes.shapeOf(node)] && view.reach().reached(node)) {
        each.accept(node);
      }
    }
  }
}
