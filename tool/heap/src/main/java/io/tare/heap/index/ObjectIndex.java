package io.tare.heap.index;

/** Numbers the objects of a dump 1, 2, 3 … in the order of their addresses; 0 is no object. */
public sealed interface ObjectIndex extends AutoCloseable permits BitmapIndex, SortedIndex {
  /** The highest number, which is how many objects there are. */
  int size();

  /** The number of the object at this address, 0 if there is none. */
  int find(long id);

  /** The address of the object with this number. */
  long idOf(int number);

  @Override
  void close();
}
