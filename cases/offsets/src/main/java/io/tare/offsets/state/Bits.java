package io.tare.offsets.state;

import java.util.Arrays;

/** Numbers of any width in a row, highest bit first, up to a bound. */
final class Bits {
  private static final int LONGEST_ZEROS = 40;
  private byte[] bytes;
  private final long mostBits;
  private long at;

  private Bits(byte[] bytes, long mostBits) {
    this.bytes = bytes;
    this.mostBits = mostBits;
  }

  static Bits toWrite(long mostBits) {
    return new Bits(new byte[64], mostBits);
  }

  static Bits toRead(byte[] bytes) {
    return new Bits(bytes, bytes.length * 8L);
  }

  byte[] written() {
    return Arrays.copyOf(bytes, (int) ((at + 7) / 8));
  }

  /** False when it does not fit: then nothing was written. */
  boolean put(long value, int width) {
    if (at + width > mostBits) {
      return false;
    }
    int needed = (int) ((at + width + 7) / 8);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
    }
    for (int bit = width - 1; bit >= 0; bit--, at++) {
      bytes[(int) (at >>> 3)] |= (byte) ((value >>> bit & 1) << (7 - (at & 7)));
    }
    return true;
  }

  long get(int width) throws NotAState {
    if (at + width > mostBits) {
      throw new NotAState("the text ends within a number");
    }
    long value = 0;
    for (int bit = 0; bit < width; bit++, at++) {
      value = value << 1 | (bytes[(int) (at >>> 3)] >>> (7 - (at & 7)) & 1);
    }
    return value;
  }

  /** Exponential Golomb: a short code for a small number, and a long one that still fits for any. */
  boolean putGolomb(long value, int lowBits) {
    long high = (value >>> lowBits) + 1;
    int zeros = 63 - Long.numberOfLeadingZeros(high);
    if (at + golombBits(value, lowBits) > mostBits) {
      return false;
    }
    return put(high, 2 * zeros + 1) && put(value & ((1L << lowBits) - 1), lowBits);
  }

  static int golombBits(long value, int lowBits) {
    return 2 * (63 - Long.numberOfLeadingZeros((value >>> lowBits) + 1)) + 1 + lowBits;
  }

  long getGolomb(int lowBits) throws NotAState {
    int zeros = 0;
    while (get(1) == 0) {
      if (++zeros > LONGEST_ZEROS) {
        throw new NotAState("a number that is too large");
      }
    }
    long high = (1L << zeros | get(zeros)) - 1;
    return high << lowBits | get(lowBits);
  }

  /** Rice: as many ones as its high part, a zero, its low part. Close to the fewest bits there can be for gaps of chance. */
  boolean putRice(long value, int lowBits) {
    long ones = value >>> lowBits;
    if (at + ones + 1 + lowBits > mostBits) {
      return false;
    }
    for (long i = 0; i < ones; i++) {
      put(1, 1);
    }
    return put(value & ((1L << lowBits) - 1), lowBits + 1);
  }

  long getRice(int lowBits) throws NotAState {
    long ones = 0;
    while (get(1) == 1) {
      ones++;
    }
    return ones << lowBits | get(lowBits);
  }
}
