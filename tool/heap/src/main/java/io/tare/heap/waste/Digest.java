package io.tare.heap.waste;

import io.tare.heap.hprof.Window;
import io.tare.heap.store.Mix;

/** A 64-bit digest of an array's content, and how many zeros it ends with. */
final class Digest {
  private static final long FACTOR = 0x9FB2_1C65_1E98_DF25L;

  private long hash;
  private long zerosAtEnd;
  private boolean zero;

  /** Moves the window past the content. */
  void of(Window content, long bytes, int type) {
    hash = bytes * 31 + type;
    zerosAtEnd = 0;
    zero = true;
    long left = bytes;
    while (left >= Long.BYTES) {
      int words = content.ready(Long.BYTES, left) >>> 3;
      if (words == 0) {
        return;
      }
      for (int i = 0; i < words; i++) {
        word(content.i8());
      }
      left -= (long) words << 3;
    }
    if (left > 0) {
      rest(content, (int) left);
    }
  }

  /** The last bytes, fewer than a word. */
  private void rest(Window content, int bytes) {
    long value = 0;
    if (content.has(Long.BYTES)) {
      value = content.i8At(0) >>> (Long.SIZE - bytes * Byte.SIZE);
      content.skip(bytes);
    } else if (content.has(bytes)) {
      for (int i = 0; i < bytes; i++) {
        value = value << Byte.SIZE | content.u1();
      }
    }
    mix(value);
    zerosAtEnd = value == 0 ? zerosAtEnd + bytes : Long.numberOfTrailingZeros(value) >>> 3;
  }

  private void word(long word) {
    mix(word);
    zerosAtEnd = word == 0 ? zerosAtEnd + Long.BYTES : Long.numberOfTrailingZeros(word) >>> 3;
  }

  private void mix(long word) {
    hash = Long.rotateLeft(hash ^ (word * FACTOR), 27) * 5 + 1;
    zero &= word == 0;
  }

  long value() {
    return Mix.mix(hash);
  }

  long zerosAtEnd() {
    return zerosAtEnd;
  }

  boolean isZero() {
    return zero;
  }
}
