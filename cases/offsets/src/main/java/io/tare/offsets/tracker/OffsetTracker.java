package io.tare.offsets.tracker;

import java.util.BitSet;

/**
 * Which of a partition's received messages are done, for a consumer that works on many of them at once and may commit only
 * what lies before the first one that is not done.
 *
 * <p>Messages are received in ascending order. Offsets that are left out (a compacted log has gaps) count as done. Every
 * method may be called from any thread, and each call takes effect at one moment between its start and its end.
 */
public interface OffsetTracker {

  /** The largest offset: beyond it the arithmetic of windows would overflow. */
  long LARGEST = (1L << 62) - 1;

  /**
   * A message was received.
   *
   * @return false when the tracker's window is full: the caller holds the partition back and tries again
   * @throws OffsetOutOfRange if the offset is not above the last one, or too large
   */
  boolean append(long offset);

  /**
   * A message is done.
   *
   * @return false when it was done before (messages come twice)
   * @throws OffsetOutOfRange if no such message was received
   */
  boolean done(long offset);

  /**
   * Frees what is contiguously done, and tells the next offset to read: the first one that is not done, or the one after the
   * last received. This is what Kafka wants committed, one more than the last offset that is done.
   */
  long commitNextToRead();

  /** What is known of an offset. */
  Progress read(long offset);

  /**
   * What a commit can tell: the next offset to read, and which of those behind it are done already. While others go on, each
   * offset that it calls done was done; one that was done meanwhile may be missing.
   *
   * @param most how many offsets are looked at; those further behind count as not done
   */
  default Standing standing(int most) {
    long next = commitNextToRead();
    BitSet done = new BitSet();
    for (int behind = 0; behind < most; behind++) {
      Progress progress = read(next + behind);
      if (progress == Progress.NOT_RECEIVED) {
        break;
      }
      done.set(behind, progress == Progress.DONE);
    }
    return new Standing(next, done);
  }
}
