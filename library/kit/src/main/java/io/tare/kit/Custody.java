package io.tare.kit;

import java.lang.ref.Cleaner;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What is known about a pooled value once the value itself is gone: its weight, and whether it was leased then. Runs when it is gone. */
final class Custody implements Runnable {
  private final AtomicBoolean leased = new AtomicBoolean();
  private final PoolLedger ledger;
  private final long weight;
  private volatile @Nullable Throwable takenAt;
  private Cleaner.@Nullable Cleanable grave;

  Custody(PoolLedger ledger, long weight) {
    this.ledger = ledger;
    this.weight = weight;
  }

  void buryWith(Cleaner.Cleanable cleanable) {
    grave = cleanable;
  }

  /** The pool lets the value go before the collector finds it. */
  void bury() {
    if (grave != null) {
      grave.clean();
    }
  }

  boolean isUnpooled() {
    return weight == 0;
  }

  long weight() {
    return weight;
  }

  void startLease(@Nullable Throwable where) {
    if (where != null) {
      takenAt = where;
    }
    leased.lazySet(true);
  }

  boolean isLeased() {
    return leased.getPlain();
  }

  boolean endLease() {
    return leased.compareAndSet(true, false);
  }

  Optional<Throwable> takenAt() {
    return Optional.ofNullable(takenAt);
  }

  @Override
  public void run() {
    ledger.returnWeight(weight);
    if (leased.get()) {
      ledger.report(new Misuse(Misuse.Kind.LEAKED, weight, takenAt()));
    }
  }
}
