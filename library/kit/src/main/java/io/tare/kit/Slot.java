package io.tare.kit;

import org.jspecify.annotations.Nullable;

/** One pooled value on its way between leases and stacks. It knows its depot but not the pool's thread-local, so that a forgotten pool can be collected. */
final class Slot<T> {
  private final T value;
  private final Depot<T> depot;
  private final Custody custody;
  private final Lease<T> sharedLease = new Lease<>(this);
  private @Nullable ThreadStack<T> home;

  Slot(T value, Depot<T> depot, Custody custody) {
    this.value = value;
    this.depot = depot;
    this.custody = custody;
  }

  T value() {
    return value;
  }

  Depot<T> depot() {
    return depot;
  }

  Custody custody() {
    return custody;
  }

  /** The stack of the thread that took it; absent when a virtual thread did. */
  void takenBy(@Nullable ThreadStack<T> taker) {
    if (home != taker) {
      home = taker;
    }
  }

  Lease<T> lease(boolean debug) {
    if (debug) {
      custody.startLease(new Throwable("taken here"));
      return new Lease<>(this);
    }
    custody.startLease(null);
    sharedLease.reopen();
    return sharedLease;
  }

  boolean isLeased() {
    return custody.isLeased();
  }

  boolean endLease() {
    return custody.endLease();
  }

  void giveBack() {
    ThreadStack<T> taker = home;
    depot.resetAndStore(this, taker != null && taker.isMine() ? taker : null);
  }
}
