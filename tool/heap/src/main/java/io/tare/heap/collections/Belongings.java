package io.tare.heap.collections;

import io.tare.heap.store.BigArrays.Bytes;
import io.tare.heap.store.BigArrays.Ints;
import io.tare.heap.store.LongIntMap;
import io.tare.heap.store.Storage;

/** To which collection an object belongs, and to which part of it. */
interface Belongings {
  /** An object is made of these, holds what hangs on those. */
  byte NONE = 0;
  byte STRUCTURE = 1;
  byte KEY = 2;
  byte VALUE = 3;
  byte WRAPPER = 4;
  byte SHARED = 5;
  /** No collection is above it. */
  byte NOBODYS = 6;

  int holder(int node);

  byte part(int node);

  void set(int node, int holder, byte part);

  /** For all objects. */
  final class OfAll implements Belongings, AutoCloseable {
    private final Ints holders;
    private final Bytes parts;

    OfAll(Storage storage, int objects) {
      holders = new Ints(storage, objects + 1L);
      parts = new Bytes(storage, objects + 1L);
    }

    @Override
    public int holder(int node) {
      return holders.get(node);
    }

    @Override
    public byte part(int node) {
      return parts.get(node);
    }

    @Override
    public void set(int node, int holder, byte part) {
      holders.set(node, holder);
      parts.set(node, part);
    }

    @Override
    public void close() {
      holders.close();
      parts.close();
    }
  }

  /** For one collection. */
  final class OfOne implements Belongings {
    private final LongIntMap holders = new LongIntMap();
    private final LongIntMap parts = new LongIntMap();

    @Override
    public int holder(int node) {
      return holders.getOrDefault(node, 0);
    }

    @Override
    public byte part(int node) {
      return (byte) parts.getOrDefault(node, NONE);
    }

    @Override
    public void set(int node, int holder, byte part) {
      holders.put(node, holder);
      parts.put(node, part);
    }
  }
}
