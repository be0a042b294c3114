package io.tare.yaml;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Texts of the suite with a few things wrong. The same seed and number give the same text, so that whatever fails can be had again. */
final class Damage {
  private static final String TOKENS = " \n\t\r:-?[]{},#&*!|>'\"%@`~.0a\\<=_\u0085\u00e9\u2028\ufeff";
  private static final List<Charset> WIDE = List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE,
      Charset.forName("UTF-32LE"), Charset.forName("UTF-32BE"));
  private static final int MOST_REPEATED_CHARACTERS = 200_000;
  private final long seed;
  private final List<String> texts = new ArrayList<>();

  Damage(long seed) throws IOException {
    this.seed = seed;
    Suite.cases().forEach(c -> texts.add(c.yaml()));
  }

  Random random(long number) {
    return new Random(seed * 0x9E37_79B9_7F4A_7C15L + number);
  }

  /** One in 2,000 is a text many times, which is longer than a page and than what is made for few keys. */
  String text(long number) {
    Random random = random(number);
    String text = damaged(one(random), one(random), random);
    if (random.nextInt(2000) == 0 && !text.isEmpty()) {
      return text.repeat(1 + random.nextInt(Math.max(1, MOST_REPEATED_CHARACTERS / text.length())));
    }
    return text;
  }

  /** The text in some encoding, with bytes that are none in one of eight. */
  byte[] bytes(long number) {
    Random random = random(~number);
    String text = text(number);
    byte[] bytes = (random.nextInt(2) == 0 ? "\ufeff" + text : text)
        .getBytes(random.nextInt(4) == 0 ? WIDE.get(random.nextInt(4)) : StandardCharsets.UTF_8);
    if (bytes.length > 0 && random.nextInt(2) == 0) {
      for (int i = 0; i <= random.nextInt(3); i++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
    }
    return bytes;
  }

  private String one(Random random) {
    return texts.get(random.nextInt(texts.size()));
  }

  private static String damaged(String text, String other, Random random) {
    StringBuilder damaged = new StringBuilder(text);
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      int at = random.nextInt(damaged.length() + 1);
      switch (random.nextInt(5)) {
        case 0 -> damaged.insert(at, TOKENS.charAt(random.nextInt(TOKENS.length())));
        case 1 -> damaged.delete(at, Math.min(damaged.length(), at + 1 + random.nextInt(3)));
        case 2 -> damaged.insert(at, other, 0, random.nextInt(other.length() + 1));
        case 3 -> damaged.insert(at, damaged.substring(at, Math.min(damaged.length(), at + 1 + random.nextInt(20))));
        default -> damaged.setLength(Math.max(at, 1));
      }
    }
    return damaged.toString();
  }
}
