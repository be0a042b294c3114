package io.tare.offsets.tracker;

import java.util.BitSet;

/**
 * How far a partition is: the next offset to read, and which of those behind it are done already. Bit 0 stands for the next
 * offset itself and is clear: where it is set, the next offset is the first one that is not done.
 */
public record Standing(long nextToRead, BitSet doneBehind) {
  public Standing {
    int done = doneBehind.nextClearBit(0);
    nextToRead += done;
    doneBehind = doneBehind.get(done, Math.max(done, doneBehind.length()));
  }

  /** Nothing behind the next offset is done, or nobody knows. */
  public static Standing at(long nextToRead) {
    return new Standing(nextToRead, new BitSet());
  }

  public boolean isDone(long offset) {
    long behind = offset - nextToRead;
    return behind < 0 || (behind < doneBehind.length() && doneBehind.get((int) behind));
  }
}
