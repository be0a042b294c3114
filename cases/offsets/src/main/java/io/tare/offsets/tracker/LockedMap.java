package io.tare.offsets.tracker;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** The naive form: a map of every message in flight under a read-write lock. It has no window: one stuck message, and it grows. */
public final class LockedMap implements OffsetTracker {
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  /** In the order of receipt, which is the order of offsets. */
  private final LinkedHashMap<Long, Progress> messages = new LinkedHashMap<>();
  private long last;

  public LockedMap(long start) {
    OffsetOutOfRange.checkStart(start);
    last = start - 1;
  }

  @Override
  public boolean append(long offset) {
    lock.writeLock().lock();
    try {
      OffsetOutOfRange.checkAscending(offset, last);
      messages.put(offset, Progress.IN_FLIGHT);
      last = offset;
      return true;
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  public boolean done(long offset) {
    lock.writeLock().lock();
    try {
      OffsetOutOfRange.checkReceived(offset, last);
      return messages.replace(offset, Progress.IN_FLIGHT, Progress.DONE);
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  public long commitNextToRead() {
    lock.writeLock().lock();
    try {
      Map.Entry<Long, Progress> eldest = messages.firstEntry();
      while (eldest != null && eldest.getValue() == Progress.DONE) {
        messages.pollFirstEntry();
        eldest = messages.firstEntry();
      }
      return eldest == null ? last + 1 : eldest.getKey();
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  public Progress read(long offset) {
    lock.readLock().lock();
    try {
      return offset > last ? Progress.NOT_RECEIVED : messages.getOrDefault(offset, Progress.DONE);
    } finally {
      lock.readLock().unlock();
    }
  }
}
