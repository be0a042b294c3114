package io.tare.heap.answers;

import io.tare.heap.dominators.DominatorTree;
import io.tare.heap.graph.HeapGraph;
import io.tare.heap.graph.ObjectScan;
import io.tare.heap.graph.Reach;
import io.tare.heap.hprof.Outline.Segment;
import io.tare.heap.index.HeapClass;
import io.tare.heap.index.Shapes;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/** All that the answers are made of. */
public record HeapView(HeapGraph graph, Reach reach, DominatorTree tree, ObjectReader reader) {
  public HeapClass classOf(int node) {
    return graph.index().classes().get(graph.shapes().classOf(node));
  }

  public long address(int node) {
    return graph.index().objects().idOf(node);
  }

  public int node(long address) {
    return graph.index().objects().find(address);
  }

  public long retainedBytes(int node) {
    return tree.retainedBytes(node);
  }

  /** The reached objects of some classes. */
  static final class Reached {
    private Reached() {}

    /** In the order of their numbers. */
    static void each(HeapView view, Predicate<HeapClass> wanted, IntConsumer each) {
      Shapes shapes = view.graph().shapes();
      boolean[] isWanted = new boolean[shapes.count()];
      boolean any = false;
      for (int shape = 1; shape < isWanted.length; shape++) {
        isWanted[shape] = wanted.test(view.graph().index().classes().get(shapes.classOfShape(shape)));
        any |= isWanted[shape];
      }
      if (any) {
        new ObjectScan(shapes, isWanted, Optional.of(view.reach().reachedOnes())).each(each);
      }
    }

    /** Those parts of the file that hold such objects: mostly few. */
    static List<Segment> parts(HeapView view, Set<Integer> classes) {
      NavigableSet<Long> addresses = new TreeSet<>();
      each(view, heapClass -> classes.contains(heapClass.number()), node -> addresses.add(view.address(node)));
      return view.graph().index().pieces().stream()
          .filter(piece -> {
            Long first = addresses.ceiling(piece.lowestId());
            return first != null && first <= piece.highestId();
          })
          .map(piece -> new Segment(piece.from(), piece.to()))
          .toList();
    }
  }
}
