package io.tare.heapdump.graph;

import io.tare.heapdump.store.Bits;
import io.tare.heapdump.store.Ints;
import io.tare.heapdump.store.Storage;

/**
 * What the roots reach, breadth first, so that the way back from any object is a shortest one. 0 stands for the roots
 * themselves.
 *
 * <p>Breadth-first order has whoever dominates an object before the object: later steps rely on that.
 */
public final class Reach implements AutoCloseable {
  private final Ints parents;
  private final Ints order;
  private final Bits shared;
  private final Bits roots;
  private int count;

  private Reach(HeapGraph graph, Storage storage) {
    parents = new Ints(storage, graph.objects() + 1L);
    order = new Ints(storage, graph.objects() + 1L);
    shared = new Bits(storage, graph.objects() + 1L);
    roots = new Bits(storage, graph.objects() + 1L);
  }

  public static Reach of(HeapGraph graph, Storage storage) {
    Reach reach = new Reach(graph, storage);
    for (int root : graph.roots().nodes()) {
      reach.roots.set(root);
      reach.visit(0, root);
    }
    reach.walk(graph);
    for (int root : graph.roots().nodes()) {
      reach.shared.clear(root);
    }
    return reach;
  }

  private void walk(HeapGraph graph) {
    int[] classNodes = graph.classNodeOfShape();
    Edges edges = graph.edges();
    for (int i = 0; i < count; i++) {
      int node = order.get(i);
      int degree = edges.degree(node);
      if (degree > 0) {
        long at = edges.start(node);
        for (long end = at + degree; at < end; at++) {
          visit(node, edges.target(at));
        }
      }
      visit(node, classNodes[graph.shapes().shapeOf(node)]);
    }
  }

  private void visit(int from, int to) {
    if (to == 0) {
      return;
    }
    int parent = parents.get(to);
    if (parent == 0) {
      parents.set(to, from + 1);
      order.set(count++, to);
    } else if (parent != from + 1 && from != to) {
      shared.set(to);
    }
  }

  /** How many objects are reached. */
  public int count() {
    return count;
  }

  /** The objects that are reached, nearest to a root first. */
  public int at(int position) {
    return order.get(position);
  }

  public boolean reached(int node) {
    return parents.get(node) != 0;
  }

  /** The object before this one on a shortest way from a root; 0 if this one is a root. */
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

  /** Gives back the order; {@link #at} can't be asked any more. */
  public void forgetOrder() {
    order.close();
  }

  @Override
  public void close() {
    parents.close();
    order.close();
    shared.close();
    roots.close();
  }
}
