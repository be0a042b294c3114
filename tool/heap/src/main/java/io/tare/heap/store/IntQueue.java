package io.tare.heap.store;

import io.tare.heap.store.BigArrays.Ints;

/** A queue of numbers below a limit, each in it at most once. */
public final class IntQueue implements AutoCloseable {
  private final Ints ring;
  private final Bits waiting;
  private long head;
  private long size;

  public IntQueue(Storage storage, long limit) {
    ring = new Ints(storage, limit);
    waiting = new Bits(storage, limit);
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /** Does nothing if the number is waiting already. */
  public void add(int number) {
    if (waiting.get(number)) {
      return;
    }
    waiting.set(number);
    long tail = head + size++;
    ring.set(tail < ring.length() ? tail : tail - ring.length(), number);
  }

  public int take() {
    int number = ring.get(head);
    head = head + 1 == ring.length() ? 0 : head + 1;
    size--;
    waiting.clear(number);
    return number;
  }

  @Override
  public void close() {
    ring.close();
    waiting.close();
  }
}
