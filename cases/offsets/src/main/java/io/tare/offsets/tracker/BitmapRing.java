package io.tare.offsets.tracker;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The repaired form: a fixed ring of bitmaps, 0.2 bytes for each offset that can be in flight, and no object for any of them.
 *
 * <p>A word of the ring holds 40 offsets, one bit each, and above them the lap: how often the ring went round before these
 * offsets. A late second {@code done} of an offset whose place has been taken over sees another lap and changes nothing.
 * {@code done}, {@code commitNextToRead} and {@code read} take no lock.
 */
public final class BitmapRing implements OffsetTracker {
  private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);
  static final int OFFSETS_PER_WORD = 40;
  private static final long ALL_DONE = (1L << OFFSETS_PER_WORD) - 1;

  private final long[] ring;
  private final Object appending = new Object();
  private volatile long last;
  /** Everything up to here is known to be done: never ahead of the first message in flight, maybe behind it. */
  private final AtomicLong knownDone;

  /** A ring for at least {@code window} offsets from the first one in flight to the last one received. */
  public BitmapRing(long start, int window) {
    OffsetOutOfRange.checkStart(start);
    if (window < 1) {
      throw new IllegalArgumentException("a window must hold at least 1 offset, not " + window);
    }
    // One more word, since a window rarely starts where a word does.
    ring = new long[(window - 1) / OFFSETS_PER_WORD + 2];
    last = start - 1;
    knownDone = new AtomicLong(start - 1);
    if (start > 0) {
      enter(wordOf(start - 1), ALL_DONE >>> (OFFSETS_PER_WORD - 1 - bitOf(start - 1)));
    }
  }

  @Override
  public boolean append(long offset) {
    synchronized (appending) {
      long received = last;
      OffsetOutOfRange.checkAscending(offset, received);
      if (!fits(offset) && !makeRoom(offset, received)) {
        return false;
      }
      enterUpTo(offset, received);
      last = offset;
      return true;
    }
  }

  private boolean fits(long offset) {
    return wordOf(offset) - wordOf(knownDone.get() + 1) < ring.length;
  }

  private boolean makeRoom(long offset, long received) {
    if (commitDone() == received) {
      // Nothing is in flight, and nobody can append meanwhile: the window may start anew behind any gap.
      advance(offset - 1);
    }
    return fits(offset);
  }

  /** Makes the words ready for everything behind the last message, with the offsets left out marked as done. */
  private void enterUpTo(long offset, long received) {
    long word = wordOf(offset);
    long lastWord = received < 0 ? -1 : wordOf(received);
    if (lastWord >= 0) {
      long from = bitOf(received) + 1L;
      long to = lastWord == word ? bitOf(offset) : OFFSETS_PER_WORD;
      if (from < to) {
        WORD.getAndBitwiseOr(ring, indexOf(lastWord), (ALL_DONE >>> (OFFSETS_PER_WORD - (to - from))) << from);
      }
    }
    for (long entered = Math.max(lastWord + 1, word - ring.length + 1); entered < word; entered++) {
      enter(entered, ALL_DONE);
    }
    if (word > lastWord) {
      enter(word, (1L << bitOf(offset)) - 1);
    }
  }

  /** Takes over a place. All of its older offsets are done, so that no one else writes to it now. */
  private void enter(long word, long doneBits) {
    WORD.setVolatile(ring, indexOf(word), lapOf(word) << OFFSETS_PER_WORD | doneBits);
  }

  @Override
  public boolean done(long offset) {
    OffsetOutOfRange.checkReceived(offset, last);
    if (offset <= knownDone.get()) {
      return false;
    }
    long word = wordOf(offset);
    int index = indexOf(word);
    long lap = lapOf(word);
    long bit = 1L << bitOf(offset);
    long seen;
    do {
      seen = (long) WORD.getVolatile(ring, index);
      if (seen >>> OFFSETS_PER_WORD != lap || (seen & bit) != 0) {
        return false;
      }
    } while (!WORD.weakCompareAndSet(ring, index, seen, seen | bit));
    return true;
  }

  @Override
  public long commitNextToRead() {
    return commitDone() + 1;
  }

  /** The last offset that is done, with all before it. */
  private long commitDone() {
    long received;
    long committed;
    do {
      received = last;
      committed = doneUpTo(received);
      // Messages that came meanwhile may be done already: then this was never the answer.
    } while (committed == received && received != last);
    advance(committed);
    return committed;
  }

  /** The last offset before the first one in flight, and {@code received} when none is. */
  private long doneUpTo(long received) {
    long at = knownDone.get() + 1;
    while (at <= received) {
      long word = wordOf(at);
      long inFlight = inFlightOf(word) & (ALL_DONE << bitOf(at));
      if (inFlight != 0) {
        return Math.min(word * OFFSETS_PER_WORD + Long.numberOfTrailingZeros(inFlight) - 1, received);
      }
      at = Math.max((word + 1) * OFFSETS_PER_WORD, knownDone.get() + 1);
    }
    return received;
  }

  /** The bits of a word that are not done; none when its place was taken over, since that happens only when all are done. */
  private long inFlightOf(long word) {
    long seen = (long) WORD.getVolatile(ring, indexOf(word));
    return seen >>> OFFSETS_PER_WORD == lapOf(word) ? ~seen & ALL_DONE : 0;
  }

  private void advance(long done) {
    if (done > knownDone.get()) {
      knownDone.accumulateAndGet(done, Math::max);
    }
  }

  @Override
  public Progress read(long offset) {
    if (offset > last) {
      return Progress.NOT_RECEIVED;
    }
    return offset <= knownDone.get() || (inFlightOf(wordOf(offset)) >>> bitOf(offset) & 1) == 0
        ? Progress.DONE
        : Progress.IN_FLIGHT;
  }

  private static long wordOf(long offset) {
    return offset / OFFSETS_PER_WORD;
  }

  private static int bitOf(long offset) {
    return (int) (offset % OFFSETS_PER_WORD);
  }

  private int indexOf(long word) {
    return (int) (word % ring.length);
  }

  private long lapOf(long word) {
    return word / ring.length & 0xFF_FFFF;
  }
}
