package io.tare.kit.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Text that stays where it is: a {@link CharSequence} over UTF-8 bytes that somebody else holds.
 *
 * <pre>{@code
 * Utf8Slice name = Utf8Slice.of(line, 0, comma);
 * if (name.contentEquals("total")) { ... }
 * }</pre>
 *
 * <p>Nothing is copied, so the bytes must not change while the slice is in use, and a small slice keeps the whole array
 * alive: {@link #detached()} where it should stay longer. ASCII text has constant-time {@link #charAt}; other text is read
 * fast forwards and slowly at random. Two slices are equal when their bytes are; {@link #hashCode()} is that of the equal
 * String, but a slice never equals a String: use {@link #contentEquals}.
 */
public final class Utf8Slice implements CharSequence {
  private final byte[] bytes;
  private final int from;
  private final int to;
  private final int length;
  /** Where the last character was read: its index above, its byte below. Racy on purpose; any value it ever had is right. */
  private volatile long cursor;
  private int hash;

  private Utf8Slice(byte[] bytes, int from, int to, int length) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
    this.length = length;
    this.cursor = from;
  }

  /**
   * The text in these bytes.
   *
   * @throws IllegalArgumentException when they are not well-formed UTF-8
   */
  public static Utf8Slice of(byte[] bytes, int from, int to) {
    Objects.checkFromToIndex(from, to, bytes.length);
    int length = Utf8.countChars(bytes, from, to);
    if (length < 0) {
      throw new IllegalArgumentException("malformed UTF-8 in bytes " + from + " to " + to);
    }
    return new Utf8Slice(bytes, from, to, length);
  }

  /** The text in all of these bytes. */
  public static Utf8Slice of(byte[] bytes) {
    return of(bytes, 0, bytes.length);
  }

  /** The number of bytes. */
  public int byteLength() {
    return to - from;
  }

  /** Whether each character is one byte. */
  public boolean isAscii() {
    return length == to - from;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public char charAt(int index) {
    Objects.checkIndex(index, length);
    if (isAscii()) {
      return (char) bytes[from + index];
    }
    long found = seek(index);
    int codePoint = Utf8.codePoint(bytes, (int) found);
    if (Character.isBmpCodePoint(codePoint)) {
      return (char) codePoint;
    }
    return found >>> 32 == index ? Character.highSurrogate(codePoint) : Character.lowSurrogate(codePoint);
  }

  /** A part of the text, over the same bytes; a copy only where it would cut a character in two. */
  @Override
  public CharSequence subSequence(int start, int end) {
    Objects.checkFromToIndex(start, end, length);
    if (isAscii()) {
      return new Utf8Slice(bytes, from + start, from + end, end - start);
    }
    long first = boundary(start);
    long last = boundary(end);
    if (first >>> 32 != start || last >>> 32 != end) {
      return toString().substring(start, end);
    }
    return new Utf8Slice(bytes, (int) first, (int) last, end - start);
  }

  /** The same text over bytes of its own. */
  public Utf8Slice detached() {
    byte[] own = Arrays.copyOfRange(bytes, from, to);
    return new Utf8Slice(own, 0, own.length, length);
  }

  /** Whether these are the same characters. */
  public boolean contentEquals(CharSequence other) {
    return length == other.length()
        && (isAscii() ? Utf8.sameAscii(other, bytes, from) : Utf8.same(other, bytes, from, to));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Utf8Slice slice && Arrays.equals(bytes, from, to, slice.bytes, slice.from, slice.to);
  }

  @Override
  public int hashCode() {
    if (hash == 0) {
      hash = Utf8.hash(bytes, from, to);
    }
    return hash;
  }

  @Override
  public String toString() {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private long boundary(int index) {
    return index == length ? ((long) length << 32) | to : seek(index);
  }

  /** The first character at or before the index: its index above, its byte below. */
  private long seek(int index) {
    long start = cursor;
    if (start >>> 32 > index) {
      start = from;
    }
    int chars = (int) (start >>> 32);
    int at = (int) start;
    while (true) {
      int width = Utf8.width(bytes[at]);
      int next = chars + (width == 4 ? 2 : 1);
      if (next > index) {
        long found = ((long) chars << 32) | at;
        cursor = found;
        return found;
      }
      chars = next;
      at += width;
    }
  }
}
