package io.tare.offsets.tracker;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** The leak "entries never removed": commits move on, but what is done stays in the map for ever. */
public final class HoardingMap implements OffsetTracker {
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final Map<Long, Progress> messages = new HashMap<>();
  private long committed;
  private long last;

  public HoardingMap(long start) {
    OffsetOutOfRange.checkStart(start);
    last = start - 1;
    committed = last;
  }

  @Override
  public boolean append(long offset) {
    lock.writeLock().lock();
    try {
      OffsetOutOfRange.checkAscending(offset, last);
      for (long skipped = last + 1; skipped < offset; skipped++) {
        messages.put(skipped, Progress.DONE);
      }
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
      while (messages.get(committed + 1) == Progress.DONE) {
        committed++;
      }
      return committed + 1;
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
