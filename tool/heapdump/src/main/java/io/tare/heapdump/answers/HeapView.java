package io.tare.heapdump.answers;

import io.tare.heapdump.dominators.DominatorTree;
import io.tare.heapdump.graph.HeapGraph;
import io.tare.heapdump.graph.Reach;
import io.tare.heapdump.index.HeapClass;
import io.tare.heapdump.index.Shapes;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/** All that the answers are made of. */
public record HeapView(HeapGraph graph, Reach reach, DominatorTree tree, ObjectReader reader) {
  HeapClass classOf(int node) {
    return graph.index().classes().get(graph.shapes().classOf(node));
  }

  /** The reached objects of some classes, in the order of their numbers. */
  void eachReached(Predicate<HeapClass> wanted, IntConsumer each) {
    Shapes shapes = graph.shapes();
    boolean[] isWanted = new boolean[shapes.count()];
    for (int shape = 1; shape < isWanted.length; shape++) {
      isWanted[shape] = wanted.test(graph.index().classes().get(shapes.classOfShape(shape)));
    }
    for (int node = 1; node <= graph.objects(); node++) {
      if (isWanted[shapes.shapeOf(node)] && reach.reached(node)) {
        each.accept(node);
      }
    }
  }

  long address(int node) {
    return graph.index().objects().idOf(node);
  }

  int node(long address) {
    return graph.index().objects().find(address);
  }

  long retainedBytes(int node) {
    return tree.retainedBytes(node);
  }
}
