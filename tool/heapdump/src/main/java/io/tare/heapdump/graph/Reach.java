package io.tare.heapdump.graph;

import io.tare.heapdump.index.Shapes;
import io.tare.heapdump.store.Bits;
import io.tare.heapdump.store.Ints;
import io.tare.heapdump.store.PairList;
import io.tare.heapdump.store.Storage;
import org.jspecify.annotations.Nullable;

/**
 * What the roots reach, breadth first, so that the way back from any object is a shortest one. 0 stands for the roots
 * themselves.
 *
 * <p>Breadth-first order has whoever dominates an object before the object, and whoever was found by the same object side by
 * side: later steps rely on that.
 */
public final class Reach implements AutoCloseable {
  /** So many references are compared with one another; for more there is a set. */
  private static final int FEW = 12;

  private final Edges edges;
  private final Shapes shapes;
  private final Ints order;
  private final Bits seen;
  private final Bits shared;
  private final Bits roots;
  private final Bits isParent;
  private final Bits isFirstChild;
  private final PairList crossEdges;
  private final Ints parents;
  private final int rootCount;
  private int count;

  private Reach(HeapGraph graph, Storage storage) {
    long nodes = graph.objects() + 1L;
    edges = graph.edges();
    shapes = graph.shapes();
    order = new Ints(storage, nodes);
    seen = new Bits(storage, nodes);
    shared = new Bits(storage, nodes);
    roots = new Bits(storage, nodes);
    isParent = new Bits(storage, nodes);
    isFirstChild = new Bits(storage, nodes);
    crossEdges = new PairList(storage);
    for (int root : graph.roots().nodes()) {
      roots.set(root);
      seen.set(root);
      order.set(count++, root);
    }
    rootCount = count;
    try (Bits fresh = new Bits(storage, nodes)) {
      walk(graph, fresh);
    }
    edges.close();
    parents = new Ints(storage, nodes);
    setParents();
  }

  /** Closes the edges of the graph: what later steps need of them is kept here. */
  public static Reach of(HeapGraph graph, Storage storage) {
    return new Reach(graph, storage);
  }

  private void setParents() {
    int parent = 0;
    long parentPosition = -1;
    for (int i = 0; i < count; i++) {
      if (isFirstChild.get(i)) {
        parentPosition = isParent.next(parentPosition + 1);
        parent = order.get(parentPosition);
      }
      parents.set(order.get(i), parent + 1);
    }
  }

  private void walk(HeapGraph graph, Bits fresh) {
    int[] classNodes = graph.classNodeOfShape();
    for (int i = 0; i < count; i++) {
      int node = order.get(i);
      int firstFound = count;
      int degree = edges.degree(node);
      if (degree > 0) {
        visitTargets(node, edges.start(node), degree, degree > FEW ? fresh : null);
      }
      int heapClass = classNodes[shapes.shapeOf(node)];
      if (heapClass != 0 && seen.get(heapClass)) {
        // So it is for nearly all objects; their references to the class are gathered in another way.
        if (heapClass != node && !shared.get(heapClass) && !roots.get(heapClass) && !isAmong(heapClass, firstFound)) {
          shared.set(heapClass);
        }
      } else if (heapClass != 0) {
        found(heapClass);
      }
      if (count > firstFound) {
        isParent.set(i);
        isFirstChild.set(firstFound);
      }
    }
  }

  private void visitTargets(int from, long start, int degree, @Nullable Bits fresh) {
    int firstFound = count;
    for (long at = start, end = start + degree; at < end; at++) {
      int to = edges.target(at);
      if (to == 0 || to == from) {
        continue;
      }
      if (!seen.get(to)) {
        found(to);
        if (fresh != null) {
          fresh.set(to);
        }
      } else if (!(fresh == null ? isAmong(to, firstFound) : fresh.get(to)) && !roots.get(to)) {
        shared.set(to);
        crossEdges.add(from, to);
      }
    }
    for (int i = firstFound; fresh != null && i < count; i++) {
      fresh.clear(order.get(i));
    }
  }

  private void found(int node) {
    seen.set(node);
    order.set(count++, node);
  }

  private boolean isAmong(int node, int from) {
    for (int i = from; i < count; i++) {
      if (order.get(i) == node) {
        return true;
      }
    }
    return false;
  }

  /** How many objects are reached. */
  public int count() {
    return count;
  }

  /** The objects that are reached, nearest to a root first. */
  public int at(int position) {
    return order.get(position);
  }

  /** How many objects are somebody's {@link #parent}. */
  public int parentCount() {
    return (int) isParent.count();
  }

  public boolean reached(int node) {
    return seen.get(node);
  }

  /** The object before this one on a shortest way from a root; 0 if this one is a root. Only for objects that are reached. */
  public int parent(int node) {
    return parents.get(node) - 1;
  }

  public boolean isRoot(int node) {
    return roots.get(node);
  }

  /** Whether several objects refer to this one, and no root does: who dominates it has to be found out. */
  public boolean isShared(int node) {
    return shared.get(node);
  }

  public Bits shared() {
    return shared;
  }

  /**
   * The references to shared objects, but for the one through which each was found, which comes from its {@link #parent}, and
   * those from objects to their classes.
   */
  public PairList crossEdges() {
    return crossEdges;
  }

  /** Over all objects in order, parents numbered as they come. */
  public Sweep sweep() {
    return new Sweep(order, new Sweep.Families(isParent, isFirstChild, rootCount, count), shapes);
  }

  /** The same from the last to the first. */
  public BackSweep sweepBack() {
    return new BackSweep(order, new Sweep.Families(isParent, isFirstChild, rootCount, count), shapes);
  }

  /** Gives back the order; {@link #at} can't be asked any more. */
  public void forgetOrder() {
    order.close();
    isParent.close();
    isFirstChild.close();
  }

  @Override
  public void close() {
    forgetOrder();
    parents.close();
    seen.close();
    shared.close();
    roots.close();
    crossEdges.close();
  }
}
