package io.tare.heapdump.store;

/** A growing set of longs other than 0, outside the Java heap. */
public final class LongSet implements AutoCloseable {
  private final Storage storage;
  private Longs slots;
  private long size;

  public LongSet(Storage storage) {
    this.storage = storage;
    this.slots = new Longs(storage, 1 << 12);
  }

  public long size() {
    return size;
  }

  /** False if it was there already. */
  public boolean add(long value) {
    if (size * 3 > slots.length() * 2) {
      grow();
    }
    if (put(slots, value)) {
      size++;
      return true;
    }
    return false;
  }

  /** How many places there are; {@link #at} is 0 for the empty ones. */
  public long places() {
    return slots.length();
  }

  public long at(long place) {
    return slots.get(place);
  }

  private static boolean put(Longs into, long value) {
    long mask = into.length() - 1;
    long slot = Mix.mix(value) & mask;
    for (long there = into.get(slot); there != 0; there = into.get(slot)) {
      if (there == value) {
        return false;
      }
      slot = (slot + 1) & mask;
    }
    into.set(slot, value);
    return true;
  }

  private void grow() {
    Longs larger = new Longs(storage, slots.length() * 2);
    for (long i = 0; i < slots.length(); i++) {
      long value = slots.get(i);
      if (value != 0) {
        put(larger, value);
      }
    }
    slots.close();
    slots = larger;
  }

  @Override
  public void close() {
    slots.close();
  }
}
