package io.tare.yaml.tape;

import io.tare.yaml.basis.Style;
import io.tare.yaml.basis.YamlException;
import io.tare.yaml.parse.ScalarText;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A finished tape: what words mean. All reading goes through segments, which refuse after the document was closed; a file that was cut meanwhile is refused as
 * well. Nothing here allocates but what hands out Java objects.
 */
public record Tape(MemorySegment source, MemorySegment words, MemorySegment decoded) {
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

  private long at(long place) {
    return words.get(LONG, place);
  }

  /** The value itself: without its tag, and what an alias inside of itself means. */
  public long plain(long word) {
    long plain = word;
    for (int i = 0; i < 8 && Word.tag(plain) == Word.OTHER; i++) {
      int kind = Word.kind(plain);
      if (kind != Word.TAGGED && kind != Word.ALIAS) {
        return plain;
      }
      plain = at(Word.record(plain));
    }
    return plain;
  }

  /** The elements of a sequence, the pairs of a mapping; 0 for other values. */
  public long size(long word) {
    long plain = plain(word);
    return switch (Word.tag(plain)) {
      case Word.SEQUENCE -> at(Word.place(plain));
      case Word.MAPPING -> {
        long header = at(Word.place(plain));
        yield header < 0 ? -header : at(header);
      }
      default -> 0;
    };
  }

  /** An element of a sequence. */
  public long element(long word, long index) {
    long plain = plain(word);
    if (Word.tag(plain) != Word.SEQUENCE || index < 0 || index >= at(Word.place(plain))) {
      return Word.MISSING;
    }
    return at(Word.place(plain) + 8 + 8 * index);
  }

  public long key(long word, long index) {
    long plain = checkedPair(word, index);
    long header = at(Word.place(plain));
    return header < 0 ? at(Word.place(plain) + 8 + 16 * index) : at(header + 8 + 8 * index);
  }

  public long value(long word, long index) {
    long plain = checkedPair(word, index);
    long header = at(Word.place(plain));
    return at(Word.place(plain) + 8 + (header < 0 ? 16 * index + 8 : 8 * index));
  }

  private long checkedPair(long word, long index) {
    long plain = plain(word);
    if (Word.tag(plain) != Word.MAPPING || index < 0 || index >= size(plain)) {
      throw new IndexOutOfBoundsException("there is no pair " + index);
    }
    return plain;
  }

  /** The value for a text as key. */
  public long get(long word, String key) {
    long plain = plain(word);
    if (Word.tag(plain) != Word.MAPPING) {
      return Word.MISSING;
    }
    long header = at(Word.place(plain));
    long count = header < 0 ? -header : at(header);
    long keys = header < 0 ? Word.place(plain) + 8 : header + 8;
    int step = header < 0 ? 16 : 8;
    int slots = Mappings.slots(count);
    if (slots == 0) {
      for (int i = 0; i < count; i++) {
        if (isText(at(keys + (long) i * step), key)) {
          return value(plain, i);
        }
      }
      return Word.MISSING;
    }
    long table = keys + count * step;
    int slot = Texts.spread(Utf8.hash(key)) & slots - 1;
    for (int other; (other = words.get(INT, table + 4L * slot)) != 0; slot = slot + 1 & slots - 1) {
      if (isText(at(keys + (other - 1L) * step), key)) {
        return value(plain, other - 1L);
      }
    }
    return Word.MISSING;
  }

  /** Whether a word is this text. */
  public boolean isText(long word, String text) {
    int tag = Word.tag(word);
    if (tag == Word.SHORT) {
      return Utf8.isShort(word, text);
    }
    if (tag == Word.SLICE || tag == Word.DECODED) {
      try {
        return Utf8.isAt(tag == Word.SLICE ? source : decoded, Word.sliceOffset(word), Word.sliceLength(word), text);
      } catch (InternalError e) {
        throw cut();
      }
    }
    long plain = plain(word);
    return Word.isText(plain) && (plain == word ? string(word).equals(text) : isText(plain, text));
  }

  /** The text of a scalar as it is written, or decoded if it has escapes or line ends. */
  public String string(long word) {
    long plain = plain(word);
    return switch (Word.tag(plain)) {
      case Word.INT -> Long.toString(Word.toInt(plain));
      case Word.SEQUENCE, Word.MAPPING -> throw new YamlException("expected a scalar, found a collection");
      case Word.OTHER -> switch (Word.kind(plain)) {
        case Word.NULL_KIND -> "null";
        case Word.FALSE_KIND -> "false";
        case Word.TRUE_KIND -> "true";
        default -> new String(utf8(plain), StandardCharsets.UTF_8);
      };
      default -> new String(utf8(plain), StandardCharsets.UTF_8);
    };
  }

  /** The bytes of a text or number. */
  public byte[] utf8(long word) {
    long plain = plain(word);
    try {
      return switch (Word.tag(plain)) {
        case Word.SHORT -> {
          byte[] bytes = new byte[Word.shortLength(plain)];
          for (int i = 0; i < bytes.length; i++) {
            bytes[i] = Word.shortByte(plain, i);
          }
          yield bytes;
        }
        case Word.SLICE, Word.NUMBER -> bytes(source, Word.sliceOffset(plain), Word.sliceLength(plain));
        case Word.DECODED -> bytes(decoded, Word.sliceOffset(plain), Word.sliceLength(plain));
        default -> recorded(plain);
      };
    } catch (InternalError e) {
      throw cut();
    }
  }

  @SuppressWarnings("EnumOrdinal")
  private byte[] recorded(long word) {
    long first = at(Word.record(word));
    long second = at(Word.record(word) + 8);
    if (Word.kind(word) == Word.LONG_SLICE) {
      return bytes(source, first, second);
    }
    byte[] raw = bytes(source, first >>> 8, second >>> 18);
    ScalarText text = new ScalarText();
    int length = text.decode(Style.values()[(int) first & 0xFF], raw, raw.length, (int) second & (1 << 18) - 1);
    return Arrays.copyOf(text.bytes(), length);
  }

  private static byte[] bytes(MemorySegment from, long offset, long length) {
    if (length > Integer.MAX_VALUE - 16) {
      throw new YamlException("a text of " + length + " bytes does not fit a Java array");
    }
    byte[] bytes = new byte[(int) length];
    MemorySegment.copy(from, BYTE, offset, bytes, 0, bytes.length);
    return bytes;
  }

  /** Whether a {@link Word#NUMBER} is a float; else it is an integer of more than 61 bits. */
  public boolean isFloat(long word) {
    long offset = Word.sliceOffset(word);
    long length = Word.sliceLength(word);
    try {
      boolean based = length > 1 && source.get(BYTE, offset) == '0' && source.get(BYTE, offset + 1) > '9'
          && (source.get(BYTE, offset + 1) | 0x20) != 'e';
      for (long i = 0; i < length && !based; i++) {
        byte c = source.get(BYTE, offset + i);
        if (c == '.' || (c | 0x20) == 'e') {
          return true;
        }
      }
      return false;
    } catch (InternalError e) {
      throw cut();
    }
  }

  /** The number that a word is; without an object for floats of up to 15 digits and small exponents. */
  public double toDouble(long word) {
    long plain = plain(word);
    if (Word.tag(plain) == Word.INT) {
      return Word.toInt(plain);
    }
    if (Word.tag(plain) != Word.NUMBER) {
      throw new YamlException("expected a number");
    }
    try {
      double exact = Floats.exact(source, Word.sliceOffset(plain), Word.sliceLength(plain));
      return Double.isNaN(exact) ? Floats.parse(string(plain)) : exact;
    } catch (InternalError e) {
      throw cut();
    }
  }

  /** The tag that a value has, empty if its kind says it all. */
  public String tag(long word) {
    if (Word.tag(word) == Word.OTHER && Word.kind(word) == Word.TAGGED) {
      return string(at(Word.record(word) + 8));
    }
    return "";
  }

  private static YamlException cut() {
    return new YamlException("the file became shorter while it was open");
  }
}
