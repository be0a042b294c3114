package io.tare.kit.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A bounded interner: equal strings mostly become one string, and a string that was seen lately is found from its bytes
 * without being made.
 *
 * <pre>{@code
 * StringInterner names = StringInterner.upTo(4_096);
 * String host = names.intern(line, from, to);   // UTF-8 bytes; allocates nothing when it was seen lately
 * }</pre>
 *
 * <p>It is a table of fixed size without nodes: 8 to 16 bytes for each string beside the string itself. Where four strings
 * meet in one place a new one displaces one of them, so the same text may come back as another String object later: compare with {@code equals}, never with {@code ==}. Strings longer than {@value #LONGEST_CHARS} characters are not
 * kept. Safe from any thread, without locks. Hostile keys can do no worse than miss.
 */
public final class StringInterner {
  /** The longest string that is kept. */
  public static final int LONGEST_CHARS = 256;

  private static final int WAYS = 4;
  private final String[] table;

  private StringInterner(String[] table) {
    this.table = table;
  }

  /** An interner for about so many different strings. */
  public static StringInterner upTo(int strings) {
    if (strings < 1 || strings > 1 << 27) {
      throw new IllegalArgumentException("room for " + strings + " strings");
    }
    int size = Math.max(WAYS, Integer.highestOneBit(strings * 2 - 1) * 2);
    String[] empty = new String[size];
    Arrays.fill(empty, "");
    return new StringInterner(empty);
  }

  /** An equal string, the one seen before where it is still known. */
  public String intern(String string) {
    if (string.length() > LONGEST_CHARS || string.isEmpty()) {
      return string;
    }
    int group = group(string.hashCode());
    for (int i = group; i < group + WAYS; i++) {
      // Strings are safe to publish without synchronization: all their state is final or recomputed.
      String known = table[i];
      if (known.equals(string)) {
        return known;
      }
    }
    return keep(string, group);
  }

  /** The string that these UTF-8 bytes stand for; malformed ones are replaced as {@code new String} does. */
  public String intern(byte[] utf8, int from, int to) {
    Objects.checkFromToIndex(from, to, utf8.length);
    int chars = to - from > LONGEST_CHARS * 3 ? -1 : Utf8.countChars(utf8, from, to);
    if (chars <= 0 || chars > LONGEST_CHARS) {
      return decode(utf8, from, to);
    }
    boolean ascii = chars == to - from;
    int hash = ascii ? Utf8.asciiHash(utf8, from, to) : Utf8.hash(utf8, from, to);
    int group = group(hash);
    for (int i = group; i < group + WAYS; i++) {
      String known = table[i];
      if (known.hashCode() == hash && known.length() == chars
          && (ascii ? Utf8.sameAscii(known, utf8, from) : Utf8.same(known, utf8, from, to))) {
        return known;
      }
    }
    return keep(decode(utf8, from, to), group);
  }

  private static String decode(byte[] utf8, int from, int to) {
    return from == to ? "" : new String(utf8, from, to - from, StandardCharsets.UTF_8);
  }

  private int group(int hash) {
    int spread = hash * 0x9E3779B9;
    return (spread ^ (spread >>> 15)) & (table.length - 1) & -WAYS;
  }

  private String keep(String string, int group) {
    int place = group + ThreadLocalRandom.current().nextInt(WAYS);
    for (int i = group; i < group + WAYS; i++) {
      if (table[i].isEmpty()) {
        place = i;
        break;
      }
    }
    table[place] = string;
    return string;
  }
}
