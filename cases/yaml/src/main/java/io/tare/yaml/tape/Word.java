package io.tare.yaml.tape;

/**
 * A value in eight bytes: three bits say what it is, 61 bits are the value itself or where it is. Integers to 61 bits, texts to seven bytes, null, true and
 * false are inside; other scalars are slices of the text; collections are places on the tape.
 */
public final class Word {
  public static final int INT = 0;
  /** Up to seven bytes of text: three bits of length, then the bytes from bit 8 on. */
  public static final int SHORT = 1;
  /** A slice of the text: 40 bits of offset, 21 of length. */
  public static final int SLICE = 2;
  /** A slice of the decoded texts. */
  public static final int DECODED = 3;
  public static final int SEQUENCE = 4;
  public static final int MAPPING = 5;
  /** A slice of the text that is a number: a float, or an integer of more than 61 bits. */
  public static final int NUMBER = 6;
  public static final int OTHER = 7;

  /** Kinds of {@link #OTHER}, in the three bits above the tag. */
  public static final int NULL_KIND = 0;
  public static final int FALSE_KIND = 1;
  public static final int TRUE_KIND = 2;
  /** On the tape: offset, length. */
  public static final int LONG_SLICE = 3;
  /** On the tape: offset and style; length, indentation and chomping. Decoded when asked for. */
  public static final int RAW = 4;
  /** On the tape: the value, its tag as a text. */
  public static final int TAGGED = 5;
  /** On the tape: the word of a collection that the alias stands inside of. */
  public static final int ALIAS = 6;

  public static final long NULL = OTHER;
  public static final long FALSE = OTHER | FALSE_KIND << 3;
  public static final long TRUE = OTHER | TRUE_KIND << 3;
  /** The answer of a search that found nothing; no value looks so. */
  public static final long MISSING = OTHER | 7 << 3;
  static final long LONGEST_SLICE = (1 << 21) - 1;
  static final int LONGEST_SHORT = 7;
  private static final long GREATEST_INT = (1L << 60) - 1;

  private Word() {}

  public static int tag(long word) {
    return (int) word & 7;
  }

  public static int kind(long word) {
    return (int) (word >>> 3) & 7;
  }

  static boolean fitsInt(long value) {
    return value <= GREATEST_INT && value >= -GREATEST_INT - 1;
  }

  static long ofInt(long value) {
    return value << 3;
  }

  public static long toInt(long word) {
    return word >> 3;
  }

  /** {@code low}: the bytes, the first one lowest. */
  static long ofShort(long low, int length) {
    return length == 0 ? SHORT : (low & -1L >>> (64 - 8 * length)) << 8 | (long) length << 3 | SHORT;
  }

  public static int shortLength(long word) {
    return (int) (word >>> 3) & 7;
  }

  public static byte shortByte(long word, int index) {
    return (byte) (word >>> (8 + 8 * index));
  }

  static long ofSlice(int tag, long offset, long length) {
    return offset << 24 | length << 3 | tag;
  }

  public static long sliceOffset(long word) {
    return word >>> 24;
  }

  public static long sliceLength(long word) {
    return word >>> 3 & LONGEST_SLICE;
  }

  /** {@code place}: bytes from the tape's start. */
  static long ofPlace(int tag, long place) {
    return place << 3 | tag;
  }

  /** Of a sequence or mapping. */
  public static long place(long word) {
    return word >>> 3;
  }

  static long ofRecord(int kind, long place) {
    return place << 6 | (long) kind << 3 | OTHER;
  }

  /** Of {@link #LONG_SLICE}, {@link #RAW}, {@link #TAGGED}, {@link #ALIAS}. */
  public static long record(long word) {
    return word >>> 6;
  }

  public static boolean isText(long word) {
    int tag = tag(word);
    return tag == SHORT || tag == SLICE || tag == DECODED
        || (tag == OTHER && (kind(word) == LONG_SLICE || kind(word) == RAW));
  }
}
