package io.tare.kit;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One thread's stacks, one for each depot, made when first needed. */
final class ThreadStacks<T> {
  private final AtomicLong takes = new AtomicLong();
  private final int perThread;
  private final @Nullable ThreadStack<T>[] stacks;

  @SuppressWarnings({"unchecked", "rawtypes"})
  ThreadStacks(int depots, int perThread, PoolLedger ledger) {
    this.stacks = new ThreadStack[depots];
    this.perThread = perThread;
    ledger.follow(takes);
    AtomicLong counted = takes;
    Depot.cleaner().register(this, () -> ledger.threadEnded(counted));
  }

  ThreadStack<T> of(int depot) {
    ThreadStack<T> stack = stacks[depot];
    if (stack == null) {
      stack = new ThreadStack<>(perThread, takes);
      stacks[depot] = stack;
    }
    return stack;
  }
}
