package io.tare.yaml.tape;

import io.tare.yaml.basis.YamlException;
import io.tare.yaml.basis.YamlOptions.Schema;
import io.tare.yaml.memory.Raw;

/** What a plain scalar means under a schema: null, a boolean, a number, or a text. */
final class PlainScalars {
  private static final int MOST_DIGITS = 18;
  private final Schema schema;
  private final long base;

  PlainScalars(Schema schema, long base) {
    this.schema = schema;
    this.base = base;
  }

  /** The word, or {@link Word#MISSING} if this is a text. */
  long word(long start, long end) {
    if (schema == Schema.FAILSAFE) {
      return Word.MISSING;
    }
    int length = (int) Math.min(end - start, Integer.MAX_VALUE);
    if (length == 0) {
      return Word.NULL;
    }
    byte c = Raw.at(start);
    if (c <= '9' && (c >= '0' || c == '-' || c == '+' || c == '.')) {
      return number(start, end, c);
    }
    long word = length <= 5 ? constant(start, length) : Word.MISSING;
    if (word == Word.MISSING && schema == Schema.JSON) {
      throw new YamlException(
          "expected null, true, false or a number: other plain texts are refused under JSON's schema");
    }
    return word;
  }

  private long constant(long start, int length) {
    long letters = Raw.eight(start) & -1L >>> (64 - 8 * length);
    boolean json = schema == Schema.JSON;
    // The letters of "~", "null", "true", "false" and their capital forms, the first one lowest.
    if (letters == 0x6c6c756eL || (!json && (letters == '~' || letters == 0x6c6c754eL || letters == 0x4c4c554eL))) {
      return Word.NULL;
    }
    if (letters == 0x65757274L || (!json && (letters == 0x65757254L || letters == 0x45555254L))) {
      return Word.TRUE;
    }
    if (letters == 0x65736c6166L || (!json && (letters == 0x65736c6146L || letters == 0x45534c4146L))) {
      return Word.FALSE;
    }
    return schema == Schema.YAML_1_1 ? Yaml11.constant(letters, length) : Word.MISSING;
  }

  private long number(long start, long end, byte first) {
    boolean negative = first == '-';
    long digits = negative || first == '+' ? start + 1 : start;
    long value = 0;
    long here = digits;
    byte c = 0;
    while (here < end && (c = Raw.at(here)) >= '0' && c <= '9') {
      value = value * 10 + (c - '0');
      here++;
    }
    if (schema == Schema.YAML_1_1) {
      long word = Yaml11.number(start, end);
      if (word != Word.MISSING) {
        return word;
      }
    }
    if (here == end && here > digits) {
      if (schema == Schema.JSON && (first == '+' || (Raw.at(digits) == '0' && here - digits > 1))) {
        return Word.MISSING;
      }
      return here - digits <= MOST_DIGITS && Word.fitsInt(value)
          ? Word.ofInt(negative ? -value : value)
          : slice(start, end);
    }
    if (c == '.' || ((c | 0x20) == 'e' && here > digits)) {
      return isFloat(start, digits, here, end) ? slice(start, end) : Word.MISSING;
    }
    return schema == Schema.CORE && here - start == 1 && first == '0' ? based(start, end, c) : Word.MISSING;
  }

  private long based(long start, long end, byte letter) {
    int bits = letter == 'x' ? 4 : letter == 'o' ? 3 : 0;
    if (bits == 0 || end - start < 3) {
      return Word.MISSING;
    }
    long value = 0;
    for (long i = start + 2; i < end; i++) {
      int digit = Character.digit(Raw.at(i), 1 << bits);
      if (digit < 0) {
        return Word.MISSING;
      }
      value = value >>> 59 == 0 ? value << bits | digit : -1;
      if (value < 0) {
        return slice(start, end);
      }
    }
    return Word.fitsInt(value) ? Word.ofInt(value) : slice(start, end);
  }

  /** {@code here}: behind the digits before the point. */
  private boolean isFloat(long start, long digits, long here, long end) {
    boolean json = schema == Schema.JSON;
    boolean any = here > digits;
    long i = here;
    if (i < end && Raw.at(i) == '.') {
      if (!any && !json && isNamed(start < digits, i + 1, end)) {
        return true;
      }
      i++;
      long fraction = i;
      i = digitsEnd(i, end);
      any |= i > fraction;
    }
    if (!any || (json && (here == digits || (Raw.at(digits) == '0' && here - digits > 1)))) {
      return false;
    }
    if (i < end && (Raw.at(i) | 0x20) == 'e') {
      i++;
      if (i < end && (Raw.at(i) == '-' || Raw.at(i) == '+')) {
        i++;
      }
      long exponent = i;
      i = digitsEnd(i, end);
      if (i == exponent) {
        return false;
      }
    }
    return i == end;
  }

  /** {@code .inf} and {@code .nan}, the latter without a sign. */
  private static boolean isNamed(boolean signed, long letters, long end) {
    if (end - letters != 3) {
      return false;
    }
    int three = (int) Raw.eight(letters) & 0xFF_FFFF;
    return three == 0x666e69 || three == 0x666e49 || three == 0x464e49
        || (!signed && (three == 0x6e616e || three == 0x4e614e || three == 0x4e414e));
  }

  private static long digitsEnd(long from, long end) {
    long i = from;
    while (i < end && Raw.at(i) >= '0' && Raw.at(i) <= '9') {
      i++;
    }
    return i;
  }

  private long slice(long start, long end) {
    return end - start <= Word.LONGEST_SLICE ? Word.ofSlice(Word.NUMBER, start - base, end - start) : Word.MISSING;
  }
}
