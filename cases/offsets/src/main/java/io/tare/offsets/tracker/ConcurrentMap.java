package io.tare.offsets.tracker;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The half repair: a concurrent map, so that updates don't wait for each other. It boxes as much as the locked map, and has no window either. */
public final class ConcurrentMap implements OffsetTracker {
  private final ConcurrentHashMap<Long, Progress> messages = new ConcurrentHashMap<>();
  /** The first offset of each gap, and the message behind it. */
  private final ConcurrentHashMap<Long, Long> gaps = new ConcurrentHashMap<>();
  private final Object appending = new Object();
  private final Object committing = new Object();
  private volatile long last;
  private long committed;

  public ConcurrentMap(long start) {
    OffsetOutOfRange.checkStart(start);
    last = start - 1;
    committed = last;
  }

  @Override
  public boolean append(long offset) {
    synchronized (appending) {
      long received = last;
      OffsetOutOfRange.checkAscending(offset, received);
      if (offset > received + 1) {
        gaps.put(received + 1, offset);
      }
      messages.put(offset, Progress.IN_FLIGHT);
      last = offset;
      return true;
    }
  }

  @Override
  public boolean done(long offset) {
    OffsetOutOfRange.checkReceived(offset, last);
    return messages.replace(offset, Progress.IN_FLIGHT, Progress.DONE);
  }

  @Override
  public long commitNextToRead() {
    synchronized (committing) {
      long received;
      do {
        received = last;
        removeDone(received);
        // Messages that came meanwhile may be done already: then this was never the answer.
      } while (committed == received && received != last);
      return committed + 1;
    }
  }

  private void removeDone(long received) {
    while (committed < received) {
      long next = committed + 1;
      Progress progress = messages.get(next);
      if (progress == Progress.IN_FLIGHT) {
        return;
      }
      if (progress == Progress.DONE) {
        messages.remove(next);
        committed = next;
      } else {
        committed = endOfGap(next);
      }
    }
  }

  private long endOfGap(long first) {
    @Nullable
    Long behind = gaps.remove(first);
    if (behind == null) {
      throw new IllegalStateException("offset " + first + " was received and is neither in flight nor done");
    }
    return behind - 1;
  }

  @Override
  public Progress read(long offset) {
    return offset > last ? Progress.NOT_RECEIVED : messages.getOrDefault(offset, Progress.DONE);
  }
}
