package io.tare.kit;

/**
 * The right to use one pooled value until it is closed.
 *
 * <p>A lease may be handed to another thread and closed there; the hand-over itself must be a safe publication (a queue, a
 * volatile field, a lock). Close it once. Closing it twice throws, and so does asking for the value after closing. To cost
 * no allocation the pool uses lease objects again, so without {@linkplain PoolOptions#debug() debug mode} both mistakes are
 * noticed only until somebody else takes the same value; in debug mode every take gets a lease of its own and they are
 * always noticed.
 */
public final class Lease<T> implements AutoCloseable {
  private final Slot<T> slot;
  private boolean closed;

  Lease(Slot<T> slot) {
    this.slot = slot;
  }

  void reopen() {
    closed = false;
  }

  /** The leased value; do not keep it beyond {@link #close()}. */
  public T value() {
    if (closed || !slot.isLeased()) {
      throw new IllegalStateException("used after release");
    }
    return slot.value();
  }

  /** Gives the value back to its pool, which resets it. */
  @Override
  public void close() {
    if (closed || !slot.endLease()) {
      throw new IllegalStateException("released twice");
    }
    closed = true;
    slot.giveBack();
  }
}
