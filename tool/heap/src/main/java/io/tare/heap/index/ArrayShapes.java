package io.tare.heap.index;

import io.tare.heap.store.LongIntMap;

/** The shapes of arrays by class and length, remembered for one thread. */
public final class ArrayShapes {
  private final Layout layout;
  private final Shapes shapes;
  private final LongIntMap known = new LongIntMap();
  private long lastKey = -1;
  private int lastShape;

  public ArrayShapes(DumpIndex index, Shapes shapes) {
    this.layout = index.layout();
    this.shapes = shapes;
  }

  public int shape(int heapClass, int elementType, int length) {
    long key = ((long) heapClass << 32) | length;
    if (key == lastKey) {
      return lastShape;
    }
    int shape = known.getOrDefault(key, -1);
    if (shape < 0) {
      shape = shapes.number(heapClass, layout.arrayBytes(elementType, length));
      known.put(key, shape);
    }
    lastKey = key;
    lastShape = shape;
    return shape;
  }
}
