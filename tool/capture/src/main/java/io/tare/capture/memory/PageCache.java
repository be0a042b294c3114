package io.tare.capture.memory;

import java.util.Arrays;

/** A few recently read pages, each in the one slot that its number gives it. A slot's array is used again for the next page in it. */
final class PageCache {
  private static final int SLOTS = 1024;
  private static final byte[] NOTHING = {};

  private final long[] numbers = new long[SLOTS];
  private final byte[][] pages = new byte[SLOTS][];

  PageCache() {
    clear();
  }

  /** The page's bytes; none when it is not here. */
  byte[] get(long number) {
    int slot = (int) (number & (SLOTS - 1));
    return numbers[slot] == number ? pages[slot] : NOTHING;
  }

  /** The array to put this page's bytes into; it held another page until now. */
  byte[] slotFor(long number, int pageBytes) {
    int slot = (int) (number & (SLOTS - 1));
    numbers[slot] = number;
    if (pages[slot].length != pageBytes) {
      pages[slot] = new byte[pageBytes];
    }
    return pages[slot];
  }

  void clear() {
    Arrays.fill(numbers, -1);
    Arrays.fill(pages, NOTHING);
  }
}
