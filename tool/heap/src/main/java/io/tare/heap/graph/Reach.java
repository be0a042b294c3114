package io.tare.heap.graph;

import io.tare.heap.graph.Sweep.BackSweep;
import io.tare.heap.graph.Sweep.Batch;
import io.tare.heap.index.Shapes;
import io.tare.heap.store.BigArrays.Ints;
import io.tare.heap.store.BigArrays.Longs;
import io.tare.heap.store.Bits;
import io.tare.heap.store.PairList;
import io.tare.heap.store.SectionWriter;
import io.tare.heap.store.Sections;
import io.tare.heap.store.Storage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What the roots reach, breadth first, so that the way back from any object is a shortest one. 0 stands for the roots
 * themselves.
 *
 * <p>Breadth-first order has whoever dominates an object before the object, and whoever was found by the same object side by
 * side: later steps rely on that.
 */
public final class Reach implements AutoCloseable {
  /** So many of those that an object finds are looked through; for more there is a set. */
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
  /** What the object that is being visited has found after the first few. */
  private final Bits fresh;
  private final int[] nodes = new int[Batch.SIZE];
  private final int[] shapesOfNodes = new int[Batch.SIZE];
  private final long[] starts = new long[Batch.SIZE];
  private final int[] entries = new int[Batch.SIZE];
  private int count;

  private Reach(HeapGraph graph, Storage storage) {
    long length = graph.objects() + 1L;
    edges = graph.edges();
    shapes = graph.shapes();
    order = new Ints(storage, length);
    seen = new Bits(storage, length);
    shared = new Bits(storage, length);
    roots = new Bits(storage, length);
    isParent = new Bits(storage, length);
    isFirstChild = new Bits(storage, length);
    crossEdges = new PairList(storage);
    fresh = new Bits(storage, length);
    for (int root : graph.roots().nodes()) {
      roots.set(root);
      seen.set(root);
      order.set(count++, root);
    }
    walk(graph.classNodeOfShape());
    fresh.close();
    edges.close();
    parents = new Ints(storage, length);
    setParents();
  }

  private Reach(Sections from, HeapGraph graph, Storage storage) {
    edges = graph.edges();
    shapes = graph.shapes();
    order = Ints.over(from.get("order"));
    count = (int) order.length();
    long length = graph.objects() + 1L;
    seen = bits(from, "reached", length);
    shared = bits(from, "shared", length);
    roots = bits(from, "roots", length);
    isParent = bits(from, "parents in order", length);
    isFirstChild = bits(from, "first children in order", length);
    parents = Ints.over(from.get("parents"));
    crossEdges = new PairList(storage);
    fresh = new Bits(storage, 0);
  }

  private static Bits bits(Sections from, String name, long length) {
    return Bits.over(Longs.over(from.get(name)), length);
  }

  /** As it was written. */
  public static Reach read(Sections from, HeapGraph graph, Storage storage) {
    return new Reach(from, graph, storage);
  }

  public void write(SectionWriter to) throws IOException {
    to.add("order", order.segment().asSlice(0, (long) count * Integer.BYTES));
    to.add("reached", seen.words().segment());
    to.add("shared", shared.words().segment());
    to.add("roots", roots.words().segment());
    to.add("parents in order", isParent.words().segment());
    to.add("first children in order", isFirstChild.words().segment());
    to.add("parents", parents.segment());
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

  private void walk(int[] classNodes) {
    for (int from = 0, fetched; from < count; from += fetched) {
      fetched = fetch(from);
      for (int i = 0; i < fetched; i++) {
        visit(from + i, i, classNodes[shapesOfNodes[i]]);
      }
    }
  }

  /** Where rows start is far apart in memory: the processor waits for many of them together. */
  private int fetch(int from) {
    int fetched = Math.min(Batch.SIZE, count - from);
    for (int i = 0; i < fetched; i++) {
      nodes[i] = order.get(from + i);
    }
    for (int i = 0; i < fetched; i++) {
      starts[i] = edges.start(nodes[i]);
      shapesOfNodes[i] = shapes.shapeOf(nodes[i]);
    }
    for (int i = 0; i < fetched; i++) {
      entries[i] = starts[i] == Edges.NONE ? 0 : edges.entry(starts[i]);
    }
    return fetched;
  }

  private void visit(int position, int fetched, int heapClass) {
    int node = nodes[fetched];
    int firstFound = count;
    if (starts[fetched] != Edges.NONE) {
      visitTargets(node, starts[fetched], entries[fetched]);
    }
    if (heapClass != 0 && seen.get(heapClass)) {
      // So it is for nearly all objects; their references to the class are gathered in another way.
      if (heapClass != node && !shared.get(heapClass) && !roots.get(heapClass) && !isAmong(heapClass, firstFound)) {
        shared.set(heapClass);
      }
    } else if (heapClass != 0) {
      found(heapClass, firstFound);
    }
    if (count > firstFound) {
      isParent.set(position);
      isFirstChild.set(firstFound);
    }
    for (int i = firstFound + FEW; i < count; i++) {
      fresh.clear(order.get(i));
    }
  }

  private void visitTargets(int from, long start, int firstEntry) {
    int firstFound = count;
    int entry = firstEntry;
    for (long at = start;; entry = edges.entry(++at)) {
      int to = Edges.target(entry);
      if (to != 0 && to != from) {
        if (!seen.get(to)) {
          found(to, firstFound);
        } else if (!isAmong(to, firstFound) && !roots.get(to)) {
          shared.set(to);
          crossEdges.add(from, to);
        }
      }
      if (Edges.isLast(entry)) {
        return;
      }
    }
  }

  private void found(int node, int firstFound) {
    seen.set(node);
    if (count - firstFound >= FEW) {
      fresh.set(node);
    }
    order.set(count++, node);
  }

  /** Whether the object was found by the one that is being visited. */
  private boolean isAmong(int node, int firstFound) {
    for (int i = firstFound, end = Math.min(count, firstFound + FEW); i < end; i++) {
      if (order.get(i) == node) {
        return true;
      }
    }
    return count - firstFound > FEW && fresh.get(node);
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

  /** All that are reached. */
  public Bits reachedOnes() {
    return seen;
  }

  /** The object before this one on a shortest way from a root; 0 if this one is a root. Only for objects that are reached. */
  public int parent(int node) {
    return parents.get(node) - 1;
  }

  /** The position of the first object that another one has found: before it stand the roots. */
  public int firstOfAll() {
    long first = isFirstChild.next(0);
    return first < 0 ? count : (int) first;
  }

  /** The position of the last object that has the same parent as the one at this position, if that is the parent's first. */
  public int lastChild(int firstPosition) {
    long next = firstPosition + 1 < count ? isFirstChild.next(firstPosition + 1L) : -1;
    return next < 0 || next > count ? count - 1 : (int) next - 1;
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
    return new Sweep(batch(shapes));
  }

  /** The same from the last to the first. */
  public BackSweep sweepBack() {
    return new BackSweep(batch(shapes));
  }

  /** Back, for those who don't ask for shapes: quicker. */
  public BackSweep sweepBackWithoutShapes() {
    return new BackSweep(batch(null));
  }

  private Batch batch(@Nullable Shapes asked) {
    return new Batch(order, new Batch.Families(isParent, isFirstChild, count), asked);
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
