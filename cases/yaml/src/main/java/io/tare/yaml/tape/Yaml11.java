package io.tare.yaml.tape;

import io.tare.yaml.memory.Raw;
import java.nio.charset.StandardCharsets;

/** What plain scalars meant in YAML 1.1 beyond 1.2: yes and no, octal, binary and sexagesimal integers, underscores. */
final class Yaml11 {
  private Yaml11() {}

  static long constant(long letters, int length) {
    byte[] text = new byte[length];
    for (int i = 0; i < length; i++) {
      text[i] = (byte) (letters >>> (8 * i));
    }
    return switch (new String(text, StandardCharsets.ISO_8859_1)) {
      case "y", "Y", "yes", "Yes", "YES", "on", "On", "ON" -> Word.TRUE;
      case "n", "N", "no", "No", "NO", "off", "Off", "OFF" -> Word.FALSE;
      default -> Word.MISSING;
    };
  }

  /** Integers that look otherwise in 1.2; {@link Word#MISSING} for all that is the same there. */
  static long number(long start, long end) {
    boolean negative = Raw.at(start) == '-';
    long i = negative || Raw.at(start) == '+' ? start + 1 : start;
    if (end - i < 2) {
      return Word.MISSING;
    }
    int radix = 10;
    if (Raw.at(i) == '0') {
      byte letter = Raw.at(i + 1);
      radix = letter == 'x' ? 16 : letter == 'b' ? 2 : 8;
      i += radix == 8 ? 1 : 2;
    }
    long value = 0;
    long minutes = 0;
    boolean any = false;
    for (; i < end; i++) {
      byte c = Raw.at(i);
      if (c == ':' && radix == 10 && any) {
        minutes = (minutes + value) * 60;
        value = 0;
        continue;
      }
      int digit = Character.digit(c, radix);
      if ((c != '_' && digit < 0) || value > (1L << 50) || minutes > (1L << 50)) {
        return Word.MISSING;
      }
      value = c == '_' ? value : value * radix + digit;
      any |= c != '_';
    }
    long whole = minutes + value;
    return any && Word.fitsInt(whole) ? Word.ofInt(negative ? -whole : whole) : Word.MISSING;
  }
}
