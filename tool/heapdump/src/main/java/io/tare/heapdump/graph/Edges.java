package io.tare.heapdump.graph;

import io.tare.heapdump.store.Bytes;
import io.tare.heapdump.store.Ints;
import io.tare.heapdump.store.LongIntMap;
import io.tare.heapdump.store.Longs;
import io.tare.heapdump.store.Storage;
import org.jspecify.annotations.Nullable;

/**
 * All references of all objects but those from an object to its class, which follow from its shape. An object's references stand
 * in a row; a byte per object says how many, and every sixteenth object says where its row starts.
 *
 * <p>Filled in two steps: {@link #setDegree} for every object, {@link #lay}, {@link #set} for every reference.
 */
public final class Edges implements AutoCloseable {
  private static final int MANY = 0xff;
  private static final int GROUP_SHIFT = 4;

  private final Storage storage;
  private final int objects;
  private final Bytes degrees;
  private final LongIntMap large = new LongIntMap();
  private final Longs starts;
  private @Nullable Ints targets;

  Edges(Storage storage, int objects) {
    this.storage = storage;
    this.objects = objects;
    this.degrees = new Bytes(storage, objects + 1L);
    this.starts = new Longs(storage, (objects >>> GROUP_SHIFT) + 1L);
  }

  void setDegree(int node, int degree) {
    if (degree < MANY) {
      degrees.set(node, (byte) degree);
      return;
    }
    degrees.set(node, (byte) MANY);
    synchronized (large) {
      large.put(node, degree);
    }
  }

  /** Makes room for the references that were announced. */
  void lay() {
    long at = 0;
    for (int node = 0; node <= objects; node++) {
      if ((node & ((1 << GROUP_SHIFT) - 1)) == 0) {
        starts.set(node >>> GROUP_SHIFT, at);
      }
      at += degree(node);
    }
    targets = new Ints(storage, at);
  }

  public int degree(int node) {
    int degree = degrees.get(node) & 0xff;
    return degree == MANY ? large.getOrDefault(node, 0) : degree;
  }

  /** Where the references of an object start. */
  public long start(int node) {
    int group = node >>> GROUP_SHIFT;
    long at = starts.get(group);
    for (int i = group << GROUP_SHIFT; i < node; i++) {
      at += degree(i);
    }
    return at;
  }

  /** The object that is referred to, 0 if the dump does not hold it. */
  public int target(long at) {
    return targets().get(at);
  }

  void set(long at, int node) {
    targets().set(at, node);
  }

  public long count() {
    return targets().length();
  }

  private Ints targets() {
    if (targets == null) {
      throw new IllegalStateException("no room has been made yet");
    }
    return targets;
  }

  @Override
  public void close() {
    degrees.close();
    starts.close();
    if (targets != null) {
      targets.close();
    }
  }
}
