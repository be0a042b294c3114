package io.tare.heap.graph;

import io.tare.heap.index.Shapes;
import io.tare.heap.store.Bits;
import io.tare.heap.store.Ints;
import org.jspecify.annotations.Nullable;

/**
 * Sixty-four objects that follow one another in the order of the search, with their shapes and parents.
 *
 * <p>Objects that are near in this order are far apart in memory: fetched at once, the processor waits for all of them together and
 * not for one after the other. Who is whose child is decoded without a branch that the processor would have to guess.
 */
final class Batch {
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
