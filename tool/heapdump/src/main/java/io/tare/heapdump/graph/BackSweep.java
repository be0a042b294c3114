package io.tare.heapdump.graph;

import io.tare.heapdump.index.Shapes;
import io.tare.heapdump.store.Ints;

/** Steps back from the last object to the first; see {@link Sweep}. */
public final class BackSweep {
  private final Ints order;
  private final Sweep.Families families;
  private final Shapes shapes;
  private final int[] nodes = new int[Sweep.AHEAD];
  private final int[] shapesOfNodes = new int[Sweep.AHEAD];
  private int position;
  private long parentPosition;
  private int parent;
  private int parentPlace;
  private int place;
  private boolean hasChildren;
  private boolean parentIsDone = true;

  BackSweep(Ints order, Sweep.Families families, Shapes shapes) {
    this.order = order;
    this.families = families;
    this.shapes = shapes;
    this.position = families.count();
    this.parentPosition = families.count();
    this.parentPlace = (int) families.isParent().count();
    this.place = parentPlace;
  }

  public boolean next() {
    if (--position < 0) {
      return false;
    }
    int ahead = position & (Sweep.AHEAD - 1);
    if (ahead == Sweep.AHEAD - 1 || position == families.count() - 1) {
      fetch(position - ahead, ahead + 1);
    }
    hasChildren = families.isParent().get(position);
    place -= hasChildren ? 1 : 0;
    if (position < families.roots()) {
      parentPlace = -1;
      parent = 0;
    } else if (parentIsDone) {
      parentPlace--;
      parentPosition = families.isParent().previous(parentPosition - 1);
      parent = order.get(parentPosition);
    }
    parentIsDone = families.isFirstChild().get(position);
    return true;
  }

  private void fetch(int from, int count) {
    for (int i = 0; i < count; i++) {
      nodes[i] = order.get(from + i);
    }
    for (int i = 0; i < count; i++) {
      shapesOfNodes[i] = shapes.shapeOf(nodes[i]);
    }
  }

  public int node() {
    return nodes[position & (Sweep.AHEAD - 1)];
  }

  public int shape() {
    return shapesOfNodes[position & (Sweep.AHEAD - 1)];
  }

  /** 0 for roots. */
  public int parent() {
    return parent;
  }

  /** The place of the parent, -1 for roots. */
  public int parentPlace() {
    return parentPlace;
  }

  public boolean hasChildren() {
    return hasChildren;
  }

  /** Its own place among the parents, if it has children. */
  public int place() {
    return place;
  }
}
