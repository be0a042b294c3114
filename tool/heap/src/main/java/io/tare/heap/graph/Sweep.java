package io.tare.heap.graph;

/** Steps from object to object, roots first; who has children has a place among the parents: 0, 1, 2 … */
public final class Sweep {
  private final Batch batch;
  private final Batch.Cursor parents;
  private int position = -1;
  private int index;
  private long parentPosition = -1;
  private int lastParentPlace = -1;
  private int place = -1;

  Sweep(Batch batch) {
    this.batch = batch;
    this.parents = batch.fromStart();
  }

  public boolean next() {
    if (++position >= batch.count()) {
      return false;
    }
    index = position & (Batch.SIZE - 1);
    if (index == 0) {
      fetch();
    }
    place += batch.hasChildren(index);
    return true;
  }

  private void fetch() {
    batch.fetch(position, lastParentPlace);
    batch.setParent(0, parentPosition);
    int count = batch.firstChildren(position);
    for (int i = 1; i <= count; i++) {
      parentPosition = parents.next();
      batch.setParent(i, parentPosition);
    }
    lastParentPlace += count;
  }

  public int node() {
    return batch.nodes[index];
  }

  public int shape() {
    return batch.shapesOfNodes[index];
  }

  /** 0 for roots. */
  public int parent() {
    return batch.parent(index);
  }

  /** The place of the parent, -1 for roots. */
  public int parentPlace() {
    return batch.parentPlace(index);
  }

  public boolean hasChildren() {
    return batch.hasChildren(index) != 0;
  }

  /** Its own place among the parents, if it has children. */
  public int place() {
    return place;
  }
}
