package io.tare.kit;

import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The idle values of one size that all threads share, and how to make more. */
final class Depot<T> {
  private static final class Graveyard {
    static final Cleaner CLEANER = Cleaner.create();
  }

  private final Care<T> care;
  private final PoolLedger ledger;
  private final boolean debug;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayList<Slot<T>> idle = new ArrayList<>();

  Depot(Care<T> care, PoolLedger ledger, boolean debug) {
    this.care = care;
    this.ledger = ledger;
    this.debug = debug;
  }

  static Cleaner cleaner() {
    return Graveyard.CLEANER;
  }

  /** An idle value, half a stack more going to the thread; absent when there is none. */
  @Nullable
  Slot<T> take(@Nullable ThreadStack<T> stack) {
    lock.lock();
    try {
      if (stack != null) {
        for (int moved = 0; moved < stack.capacity() / 2 && idle.size() > 1; moved++) {
          stack.push(idle.remove(idle.size() - 1));
        }
      }
      return idle.isEmpty() ? null : idle.remove(idle.size() - 1);
    } finally {
      lock.unlock();
    }
  }

  /** Makes a value that the pool keeps; absent when the pool is full. */
  @Nullable
  Slot<T> make() {
    long weight = care.weight();
    if (!ledger.reserveWeight(weight)) {
      return null;
    }
    Custody custody = new Custody(ledger, weight);
    try {
      Slot<T> slot = new Slot<>(care.make(), this, custody);
      custody.buryWith(cleaner().register(slot, custody));
      ledger.created.increment();
      return slot;
    } catch (RuntimeException | Error e) {
      ledger.returnWeight(weight);
      throw e;
    }
  }

  /** Makes a value that ends with its lease. */
  Slot<T> makeUnpooled() {
    Custody custody = new Custody(ledger, 0);
    Slot<T> slot = new Slot<>(care.make(), this, custody);
    if (debug) {
      custody.buryWith(cleaner().register(slot, custody));
    }
    ledger.unpooled.increment();
    return slot;
  }

  boolean untouched(Slot<T> slot) {
    return !debug || care.untouched(slot.value());
  }

  /** Stores a value whose lease has ended, with its thread if there is room. */
  void resetAndStore(Slot<T> slot, @Nullable ThreadStack<T> stack) {
    if (slot.custody().isUnpooled()) {
      slot.custody().bury();
      return;
    }
    try {
      care.reset(slot.value());
    } catch (RuntimeException | Error e) {
      drop(slot);
      throw e;
    }
    if (debug) {
      care.poison(slot.value());
    }
    if (stack == null || !stack.push(slot)) {
      share(slot, stack);
    }
  }

  void drop(Slot<T> slot) {
    ledger.dropped.increment();
    slot.custody().bury();
  }

  /** Drops one idle value; false when there is none. */
  boolean dropOne() {
    Slot<T> slot = take(null);
    if (slot != null) {
      drop(slot);
    }
    return slot != null;
  }

  private void share(Slot<T> slot, @Nullable ThreadStack<T> stack) {
    lock.lock();
    try {
      keep(slot);
      for (int moved = 0; stack != null && moved < stack.capacity() / 2; moved++) {
        Slot<T> next = stack.pop();
        if (next == null) {
          return;
        }
        keep(next);
      }
    } finally {
      lock.unlock();
    }
  }

  /** A shared value must not keep an ended thread's stack alive. */
  private void keep(Slot<T> slot) {
    slot.takenBy(null);
    idle.add(slot);
  }
}
