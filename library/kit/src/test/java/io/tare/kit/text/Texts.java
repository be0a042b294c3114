package io.tare.kit.text;

import java.util.Random;

/** Random text of one to four bytes a character. */
final class Texts {
  private static final int[][] RANGES = {{0x20, 0x7E}, {0, 0x7F}, {0x80, 0x7FF}, {0x800, 0xD7FF}, {0xE000, 0xFFFF},
      {0x10000, 0x10FFFF}};

  private Texts() {}

  static String random(Random random, int longest) {
    int kinds = 1 + random.nextInt(RANGES.length);
    StringBuilder text = new StringBuilder();
    int codePoints = random.nextInt(longest + 1);
    for (int i = 0; i < codePoints; i++) {
      int[] range = RANGES[random.nextInt(kinds)];
      text.appendCodePoint(range[0] + random.nextInt(range[1] - range[0] + 1));
    }
    return text.toString();
  }
}
