package io.tare.capture.memory.executable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The version in the section {@code .go.buildinfo}. Since Go 1.18 it follows a head of 32 bytes as a length and the text; before, the
 * head points to it.
 */
final class GoBuildInfo {
  private static final byte[] MAGIC = "\u00ff Go buildinf:".getBytes(StandardCharsets.ISO_8859_1);
  private static final int FLAGS_AT = 15;
  private static final int INLINE = 2;
  private static final int TEXT_AT = 32;
  private static final int LONGEST = 200;

  private GoBuildInfo() {}

  /** The version; {@code unknown} for a Go program whose section does not carry it, empty for another program's section. */
  static Optional<String> version(ByteBuffer section) {
    if (!hasMagic(section)) {
      return Optional.empty();
    }
    boolean inline = section.limit() > TEXT_AT && (section.get(FLAGS_AT) & INLINE) != 0;
    return Optional.of(inline ? text(section) : "unknown");
  }

  private static boolean hasMagic(ByteBuffer section) {
    if (section.limit() <= FLAGS_AT) {
      return false;
    }
    for (int i = 0; i < MAGIC.length; i++) {
      if (section.get(i) != MAGIC[i]) {
        return false;
      }
    }
    return true;
  }

  /** A length below 128 is one byte, and no version is longer. */
  private static String text(ByteBuffer section) {
    int length = Byte.toUnsignedInt(section.get(TEXT_AT));
    if (length == 0 || length > LONGEST || TEXT_AT + 1 + length > section.limit()) {
      return "unknown";
    }
    byte[] text = new byte[length];
    section.get(TEXT_AT + 1, text);
    return new String(text, StandardCharsets.ISO_8859_1);
  }
}
