package io.tare.kit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The machinery of a pool: a thread's own stack first, then the shared depot, then a new value, then one outside the pool. */
final class Depots<T> {
  private final List<Depot<T>> depots;
  private final PoolLedger ledger;
  private final boolean debug;
  private final ThreadLocal<ThreadStacks<T>> ofThread;

  Depots(List<? extends Care<T>> cares, PoolOptions options) {
    PoolLedger kept = new PoolLedger(options.maxWeight(), options.onMisuse());
    int perThread = options.perThread();
    int count = cares.size();
    ledger = kept;
    debug = options.debug();
    depots = cares.stream().map(care -> new Depot<T>(care, kept, options.debug())).toList();
    ofThread = ThreadLocal.withInitial(() -> new ThreadStacks<>(count, perThread, kept));
  }

  Lease<T> take(int depot) {
    // A virtual thread lives too briefly for a stack of its own.
    ThreadStack<T> stack = VirtualThreads.isVirtual(Thread.currentThread()) ? null : ofThread.get().of(depot);
    Slot<T> slot = stack == null ? null : stack.take();
    if (slot == null || !check(slot)) {
      slot = takeElsewhere(depots.get(depot), stack);
    }
    slot.takenBy(stack);
    return slot.lease(debug);
  }

  Lease<T> takeUnpooled(Care<T> care) {
    return new Depot<>(care, ledger, debug).makeUnpooled().lease(debug);
  }

  PoolStatistics statistics() {
    return ledger.read();
  }

  void trim() {
    for (Depot<T> depot : depots) {
      boolean more = true;
      while (more) {
        more = depot.dropOne();
      }
    }
  }

  private Slot<T> takeElsewhere(Depot<T> depot, @Nullable ThreadStack<T> stack) {
    Slot<T> shared = depot.take(stack);
    while (shared != null && !check(shared)) {
      shared = depot.take(stack);
    }
    if (shared != null) {
      ledger.depotTakes.increment();
      return shared;
    }
    Slot<T> made = depot.make();
    while (made == null && dropIdleOfAnotherSize(depot)) {
      made = depot.make();
    }
    return made == null ? depot.makeUnpooled() : made;
  }

  private boolean dropIdleOfAnotherSize(Depot<T> wanting) {
    return depots.stream().anyMatch(depot -> depot != wanting && depot.dropOne());
  }

  private boolean check(Slot<T> slot) {
    if (slot.depot().untouched(slot)) {
      return true;
    }
    Custody custody = slot.custody();
    ledger.report(new Misuse(Misuse.Kind.WRITTEN_AFTER_RELEASE, custody.weight(), custody.takenAt()));
    slot.depot().drop(slot);
    return false;
  }
}
