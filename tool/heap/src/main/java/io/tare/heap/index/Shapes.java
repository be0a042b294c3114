package io.tare.heap.index;

import io.tare.heap.store.BigArrays.Shorts;
import io.tare.heap.store.LongIntMap;
import io.tare.heap.store.Packed;
import io.tare.heap.store.SectionWriter;
import io.tare.heap.store.Sections;
import io.tare.heap.store.Storage;
import java.io.IOException;
import java.util.Arrays;

/**
 * The class and the size of every object in two bytes. Few pairs of class and size exist in a heap; each is a shape with a
 * number. The rare objects whose shape came late and has no short number stand in a side table.
 */
public final class Shapes implements AutoCloseable {
  private static final int LATE = 0xffff;

  private final Shorts ofNode;
  private final LongIntMap late = new LongIntMap();
  private final LongIntMap numbers = new LongIntMap();
  private int[] classes = new int[1024];
  private long[] bytes = new long[1024];

  public Shapes(Storage storage, int objects) {
    ofNode = new Shorts(storage, objects + 1L);
    number(0, 0);
  }

  public Shapes(Sections from) {
    ofNode = Shorts.over(from.get("shapes of objects"));
    Packed.In in = from.packed("shapes");
    for (int left = in.i4(); left > 0; left--) {
      number(in.i4(), in.i8());
    }
    for (int left = in.i4(); left > 0; left--) {
      late.put(in.i4(), in.i4());
    }
  }

  public void write(SectionWriter to) throws IOException {
    Packed.Out out = new Packed.Out();
    out.i4(count());
    for (int shape = 0; shape < count(); shape++) {
      out.i4(classes[shape]);
      out.i8(bytes[shape]);
    }
    out.i4(late.size());
    late.forEach((node, shape) -> {
      out.i4((int) node);
      out.i4(shape);
    });
    to.add("shapes", out);
    to.add("shapes of objects", ofNode.segment());
  }

  /** The number of a shape; several threads may ask. */
  public synchronized int number(int heapClass, long shallowBytes) {
    long key = ((long) heapClass << 40) ^ shallowBytes;
    int known = numbers.getOrDefault(key, -1);
    if (known >= 0) {
      return known;
    }
    int number = numbers.size();
    if (number == classes.length) {
      classes = Arrays.copyOf(classes, number * 2);
      bytes = Arrays.copyOf(bytes, number * 2);
    }
    classes[number] = heapClass;
    bytes[number] = shallowBytes;
    numbers.put(key, number);
    return number;
  }

  public void set(int node, int shape) {
    if (shape < LATE) {
      ofNode.set(node, (short) shape);
      return;
    }
    ofNode.set(node, (short) LATE);
    synchronized (late) {
      late.put(node, shape);
    }
  }

  public int shapeOf(int node) {
    int shape = ofNode.get(node) & 0xffff;
    return shape == LATE ? late.getOrDefault(node, 0) : shape;
  }

  /** How many objects have a shape. */
  public int objects() {
    return (int) ofNode.length() - 1;
  }

  /** Which of the 64 objects from 64 times this number on have one of these shapes, a bit each. */
  public long having(boolean[] wanted, long word) {
    int from = (int) (word << 6);
    int count = Math.min(Long.SIZE, objects() + 1 - from);
    long bits = 0;
    int at = 0;
    for (; at + 3 < count; at += 4) {
      long four = ofNode.four(from + at);
      for (int i = 0; i < 4; i++, four >>>= Short.SIZE) {
        bits |= has((int) four & 0xffff, from + at + i, wanted) ? 1L << (at + i) : 0;
      }
    }
    for (; at < count; at++) {
      bits |= has(ofNode.get(from + at) & 0xffff, from + at, wanted) ? 1L << at : 0;
    }
    return bits;
  }

  private boolean has(int shape, int node, boolean[] wanted) {
    return wanted[shape == LATE ? late.getOrDefault(node, 0) : shape];
  }

  public int classOf(int node) {
    return classes[shapeOf(node)];
  }

  public long shallowBytes(int node) {
    return bytes[shapeOf(node)];
  }

  public int count() {
    return numbers.size();
  }

  public int classOfShape(int shape) {
    return classes[shape];
  }

  public long bytesOfShape(int shape) {
    return bytes[shape];
  }

  @Override
  public void close() {
    ofNode.close();
  }

  /** The shapes of arrays by class and length, remembered for one thread. */
  public static final class ArrayShapes {
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
}
