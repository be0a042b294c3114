package io.tare.heap.graph;

import io.tare.heap.index.Shapes;
import io.tare.heap.store.BigArrays.Ints;
import io.tare.heap.store.Bits;
import org.jspecify.annotations.Nullable;

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

  /** Steps back from the last object to the first; see {@link Sweep}. */
  public static final class BackSweep {
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

  /**
   * Sixty-four objects that follow one another in the order of the search, with their shapes and parents.
   *
   * <p>Objects that are near in this order are far apart in memory: fetched at once, the processor waits for all of them together and
   * not for one after the other. Who is whose child is decoded without a branch that the processor would have to guess.
   */
  static final class Batch {
    static final int SIZE = Long.SIZE;

    private final Ints order;
    private final Families families;
    private final @Nullable Shapes shapes;
    final int[] nodes = new int[SIZE];
    final int[] shapesOfNodes = new int[SIZE];
    /** Which of the batch's parents. */
    private final int[] parents = new int[SIZE];
    private final int[] parentNodes = new int[SIZE + 1];
    private int firstParentPlace;
    private long hasChildren;

    /** By position: who has children, and which of them was found first. Roots come first of all. */
    record Families(Bits isParent, Bits isFirstChild, int count) {}

    /** Without shapes their numbers are 0. */
    Batch(Ints order, Families families, @Nullable Shapes shapes) {
      this.order = order;
      this.families = families;
      this.shapes = shapes;
    }

    int count() {
      return families.count();
    }

    int parentCount() {
      return (int) families.isParent().count();
    }

    /** How many of the batch from this position on are their parent's first. */
    int firstChildren(int from) {
      return Long.bitCount(families.isFirstChild().word(from >>> 6));
    }

    /** Fetches all from this position on but for the parents; the objects before them have parents up to this place. */
    void fetch(int from, int parentPlace) {
      firstParentPlace = parentPlace;
      hasChildren = families.isParent().word(from >>> 6);
      int size = Math.min(SIZE, families.count() - from);
      for (int i = 0; i < size; i++) {
        nodes[i] = order.get(from + i);
      }
      for (int i = 0; shapes != null && i < size; i++) {
        shapesOfNodes[i] = shapes.shapeOf(nodes[i]);
      }
      long isFirstChild = families.isFirstChild().word(from >>> 6);
      for (int i = 0, parent = 0; i < SIZE; i++) {
        parent += (int) (isFirstChild >>> i) & 1;
        parents[i] = parent;
      }
    }

    /** Sets the parent with this number in the batch: the one at this position, none if it is negative. */
    void setParent(int number, long position) {
      parentNodes[number] = position < 0 ? 0 : order.get(position);
    }

    /** 1 if the object has children, else 0. */
    int hasChildren(int index) {
      return (int) (hasChildren >>> index) & 1;
    }

    int parentPlace(int index) {
      return firstParentPlace + parents[index];
    }

    int parent(int index) {
      return parentNodes[parents[index]];
    }

    /** The positions of parents one after the other, in either direction. */
    static final class Cursor {
      private final Bits isParent;
      private long wordNumber;
      private long word;

      private Cursor(Bits isParent, long wordNumber) {
        this.isParent = isParent;
        this.wordNumber = wordNumber;
        this.word = isParent.length() == 0 ? 0 : isParent.word(wordNumber);
      }

      /** To be asked at most as often as there are parents. */
      long next() {
        while (word == 0) {
          word = isParent.word(++wordNumber);
        }
        int bit = Long.numberOfTrailingZeros(word);
        word &= word - 1;
        return (wordNumber << 6) + bit;
      }

      /** The one before, -1 before the first. */
      long previous() {
        while (word == 0) {
          if (wordNumber == 0) {
            return -1;
          }
          word = isParent.word(--wordNumber);
        }
        long bit = Long.highestOneBit(word);
        word ^= bit;
        return (wordNumber << 6) + Long.numberOfTrailingZeros(bit);
      }
    }

    Cursor fromStart() {
      return new Cursor(families.isParent(), 0);
    }

    Cursor fromEnd() {
      return new Cursor(families.isParent(), (families.isParent().length() - 1) >>> 6);
    }
  }
}
