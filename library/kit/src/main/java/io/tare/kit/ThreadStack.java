package io.tare.kit;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The idle values of one size that one thread keeps for itself. Only that thread touches it. */
final class ThreadStack<T> {
  private final Thread owner = Thread.currentThread();
  private final AtomicLong takes;
  private final @Nullable Slot<T>[] slots;
  private int size;

  @SuppressWarnings({"unchecked", "rawtypes"})
  ThreadStack(int capacity, AtomicLong takes) {
    this.slots = new Slot[capacity];
    this.takes = takes;
  }

  @SuppressWarnings("ReferenceEquality")
  boolean isMine() {
    return owner == Thread.currentThread();
  }

  int capacity() {
    return slots.length;
  }

  boolean push(Slot<T> slot) {
    if (size == slots.length) {
      return false;
    }
    slots[size++] = slot;
    return true;
  }

  @Nullable
  Slot<T> pop() {
    if (size == 0) {
      return null;
    }
    Slot<T> slot = slots[--size];
    slots[size] = null;
    return slot;
  }

  @Nullable
  Slot<T> take() {
    Slot<T> slot = pop();
    if (slot != null) {
      takes.setOpaque(takes.getPlain() + 1);
    }
    return slot;
  }
}
