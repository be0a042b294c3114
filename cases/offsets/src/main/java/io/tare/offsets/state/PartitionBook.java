package io.tare.offsets.state;

import io.tare.offsets.tracker.BitmapRing;
import io.tare.offsets.tracker.OffsetTracker;
import io.tare.offsets.tracker.Standing;
import java.util.BitSet;

/**
 * The book of one partition while it is assigned: begins with what an earlier consumer committed, and makes what is to be
 * committed next. One thread receives and commits; messages may be done on any.
 */
public final class PartitionBook {
  /** How many offsets behind the next one are looked at for a commit. */
  private static final int MOST_LOOKED_AT = 1 << 20;

  /** What to do with a message. */
  public enum Receipt {
    /** It is to be worked on. */
    WORK,
    /** An earlier consumer was done with it. */
    DONE_BEFORE,
    /** The window is full: ask again later, and read no more of this partition until then. */
    HELD_BACK
  }

  private final OffsetTracker tracker;
  private final Standing before;
  private long lastReceived;

  /** A book that begins where an earlier consumer stood. */
  public PartitionBook(Standing before, int window) {
    this.before = before;
    this.tracker = new BitmapRing(before.nextToRead(), window);
    this.lastReceived = before.nextToRead() - 1;
  }

  public Receipt receive(long offset) {
    if (!tracker.append(offset)) {
      return Receipt.HELD_BACK;
    }
    lastReceived = offset;
    if (before.isDone(offset)) {
      tracker.done(offset);
      return Receipt.DONE_BEFORE;
    }
    return Receipt.WORK;
  }

  /** The last offset received; offsets up to it can't be received again. */
  public long lastReceived() {
    return lastReceived;
  }

  public void done(long offset) {
    tracker.done(offset);
  }

  /** What to commit now, with metadata of at most so many bytes. */
  public CommitPoint commitPoint(int mostBytes) {
    Standing now = tracker.standing(MOST_LOOKED_AT);
    return StateText.write(withWhatWasNotReadAgain(now), mostBytes);
  }

  /** Until the partition was read as far as before, the old state still tells what is done further on. */
  private Standing withWhatWasNotReadAgain(Standing now) {
    long from = Math.max(lastReceived, now.nextToRead() - 1) + 1 - before.nextToRead();
    if (from >= before.doneBehind().length()) {
      return now;
    }
    BitSet done = (BitSet) now.doneBehind().clone();
    for (int bit = before.doneBehind().nextSetBit((int) from); bit >= 0; bit = before.doneBehind()
        .nextSetBit(bit + 1)) {
      done.set((int) (before.nextToRead() + bit - now.nextToRead()));
    }
    return new Standing(now.nextToRead(), done);
  }
}
