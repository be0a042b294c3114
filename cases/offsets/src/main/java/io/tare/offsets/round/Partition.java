package io.tare.offsets.round;

import io.tare.offsets.tracker.OffsetTracker;

/** One partition of a topic: its tracker, the last offset received and updated, and the next one to read, as committed. */
public final class Partition {
  private final int number;
  private final OffsetTracker tracker;
  private volatile long received = -1;
  private volatile long updated = -1;
  private volatile long nextToRead;

  Partition(int number, OffsetTracker tracker) {
    this.number = number;
    this.tracker = tracker;
  }

  public int number() {
    return number;
  }

  OffsetTracker tracker() {
    return tracker;
  }

  public long received() {
    return received;
  }

  /** Everything up to here is done; beyond it some may be. */
  long updated() {
    return updated;
  }

  /** All before it are done and committed. */
  public long nextToRead() {
    return nextToRead;
  }

  /** One more message; false when the tracker wants it later. */
  boolean receive() {
    long next = received + 1;
    if (!tracker.append(next)) {
      return false;
    }
    received = next;
    return true;
  }

  void updateUpTo(long offset) {
    updated = offset;
  }

  void commit() {
    nextToRead = tracker.commitNextToRead();
  }
}
