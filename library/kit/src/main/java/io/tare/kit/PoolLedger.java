package io.tare.kit;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** What a pool holds and has done. It outlives the pool's values, so it refers to none of them. */
final class PoolLedger {
  final LongAdder created = new LongAdder();
  final LongAdder unpooled = new LongAdder();
  final LongAdder dropped = new LongAdder();
  final LongAdder depotTakes = new LongAdder();
  private final LongAdder endedThreadTakes = new LongAdder();
  private final LongAdder misuses = new LongAdder();
  private final AtomicLong heldWeight = new AtomicLong();
  private final Set<AtomicLong> threadTakes = ConcurrentHashMap.newKeySet();
  private final long maxWeight;
  private final Consumer<Misuse> onMisuse;

  PoolLedger(long maxWeight, Consumer<Misuse> onMisuse) {
    this.maxWeight = maxWeight;
    this.onMisuse = onMisuse;
  }

  boolean reserveWeight(long weight) {
    long held = heldWeight.get();
    while (weight <= maxWeight - held) {
      if (heldWeight.compareAndSet(held, held + weight)) {
        return true;
      }
      held = heldWeight.get();
    }
    return false;
  }

  void returnWeight(long weight) {
    heldWeight.addAndGet(-weight);
  }

  void report(Misuse misuse) {
    misuses.increment();
    onMisuse.accept(misuse);
  }

  void follow(AtomicLong takesOfThread) {
    threadTakes.add(takesOfThread);
  }

  void threadEnded(AtomicLong takesOfThread) {
    endedThreadTakes.add(takesOfThread.get());
    threadTakes.remove(takesOfThread);
  }

  PoolStatistics read() {
    long fromThreads = endedThreadTakes.sum() + threadTakes.stream().mapToLong(AtomicLong::get).sum();
    return new PoolStatistics(fromThreads, depotTakes.sum(), created.sum(), unpooled.sum(), dropped.sum(),
        misuses.sum(), heldWeight.get());
  }
}
