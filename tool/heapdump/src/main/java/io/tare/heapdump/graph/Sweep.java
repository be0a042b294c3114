package io.tare.heapdump.graph;

import io.tare.heapdump.index.Shapes;
import io.tare.heapdump.store.Bits;
import io.tare.heapdump.store.Ints;

/**
 * Steps from object to object, roots first; who has children has a place among the parents: 0, 1, 2 …
 *
 * <p>Objects that are near in this order are far apart in memory. So the shapes of some objects are fetched at once: the processor
 * waits for all of them together and not for one after the other.
 */
public final class Sweep {
  static final int AHEAD = 64;

  private final Ints order;
  private final Families families;
  private final Shapes shapes;
  private final int[] nodes = new int[AHEAD];
  private final int[] shapesOfNodes = new int[AHEAD];
  private int position = -1;
  private long parentPosition = -1;
  private int parent;
  private int parentPlace = -1;
  private int place = -1;
  private boolean hasChildren;

  /** By position: who has children, and which of them was found first. Roots come first of all. */
  record Families(Bits isParent, Bits isFirstChild, int roots, int count) {}

  Sweep(Ints order, Families families, Shapes shapes) {
    this.order = order;
    this.families = families;
    this.shapes = shapes;
  }

  public boolean next() {
    if (++position >= families.count()) {
      return false;
    }
    if ((position & (AHEAD - 1)) == 0) {
      fetch();
    }
    hasChildren = families.isParent().get(position);
    place += hasChildren ? 1 : 0;
    if (families.isFirstChild().get(position)) {
      parentPosition = families.isParent().next(parentPosition + 1);
      parent = order.get(parentPosition);
      parentPlace++;
    }
    return true;
  }

  private void fetch() {
    int count = Math.min(AHEAD, families.count() - position);
    for (int i = 0; i < count; i++) {
      nodes[i] = order.get(position + i);
    }
    for (int i = 0; i < count; i++) {
      shapesOfNodes[i] = shapes.shapeOf(nodes[i]);
    }
  }

  public int node() {
    return nodes[position & (AHEAD - 1)];
  }

  public int shape() {
    return shapesOfNodes[position & (AHEAD - 1)];
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
