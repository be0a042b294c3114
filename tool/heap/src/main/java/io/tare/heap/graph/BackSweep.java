package io.tare.heap.graph;

/** Steps back from the last object to the first; see {@link Sweep}. */
public final class BackSweep {
  private final Batch batch;
  private final Batch.Cursor parents;
  private int position;
  private int index;
  private long parentPosition;
  private int lastParentPlace;
  private int place;

  BackSweep(Batch batch) {
    this.batch = batch;
    this.parents = batch.fromEnd();
    this.position = batch.count();
    this.parentPosition = parents.previous();
    this.place = batch.parentCount();
    this.lastParentPlace = place - 1;
  }

  public boolean next() {
    if (--position < 0) {
      return false;
    }
    index = position & (Batch.SIZE - 1);
    if (index == Batch.SIZE - 1 || position == batch.count() - 1) {
      fetch(position - index);
    }
    place -= batch.hasChildren(index);
    return true;
  }

  private void fetch(int from) {
    int count = batch.firstChildren(from);
    lastParentPlace -= count;
    batch.fetch(from, lastParentPlace);
    batch.setParent(count, parentPosition);
    for (int i = count - 1; i >= 0; i--) {
      parentPosition = parents.previous();
      batch.setParent(i, parentPosition);
    }
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
