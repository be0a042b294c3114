package io.tare.yaml.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Memory by address, unchecked, for the time of parsing only: nobody else has the document yet, so nobody can close it. Whatever is read of an open document
 * goes through segments that know whether they are alive.
 */
@SuppressWarnings("restricted")
public final class Raw {
  private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
  public static final long ONES = 0x0101010101010101L;
  public static final long HIGHS = 0x8080808080808080L;
  private static final long SPACES = ONES * ' ';

  private Raw() {}

  public static byte at(long address) {
    return ALL.get(BYTE, address);
  }

  public static void put(long address, byte value) {
    ALL.set(BYTE, address, value);
  }

  public static long eight(long address) {
    return ALL.get(LONG, address);
  }

  public static void putEight(long address, long value) {
    ALL.set(LONG, address, value);
  }

  public static void copy(long from, long to, long length) {
    MemorySegment.copy(ALL, from, ALL, to, length);
  }

  public static void copy(long from, byte[] to, int start, int length) {
    MemorySegment.copy(ALL, BYTE, from, to, start, length);
  }

  public static void copy(byte[] from, int start, long to, int length) {
    MemorySegment.copy(from, start, ALL, BYTE, to, length);
  }

  /** A high bit in each byte of {@code eight} that equals {@code value}; above the lowest such byte there may be false ones. */
  public static long equal(long eight, int value) {
    long difference = eight ^ (value * ONES);
    return (difference - ONES) & ~difference & HIGHS;
  }

  /** The address of the lowest byte that is marked. */
  public static long lowest(long address, long marks) {
    return address + (Long.numberOfTrailingZeros(marks) >>> 3);
  }

  /** How many spaces there are from here on. Text ends with a line feed, so it ends. */
  public static int spaces(long address) {
    long here = address;
    for (;;) {
      long others = eight(here) ^ SPACES;
      if (others != 0) {
        return (int) (here - address) + (Long.numberOfTrailingZeros(others) >>> 3);
      }
      here += 8;
    }
  }

  /** The next line feed; text ends with one. */
  public static long lineEnd(long address) {
    long here = address;
    for (;;) {
      long marks = equal(eight(here), '\n');
      if (marks != 0) {
        return lowest(here, marks);
      }
      here += 8;
    }
  }

  public static boolean same(long one, long other, long length) {
    long i = 0;
    for (; i + 8 <= length; i += 8) {
      if (eight(one + i) != eight(other + i)) {
        return false;
      }
    }
    for (; i < length; i++) {
      if (at(one + i) != at(other + i)) {
        return false;
      }
    }
    return true;
  }
}
