package io.tare.capture.memory.elf;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Looks for a few variables in large symbol tables: most symbols are passed over after one look at their type, or at three letters
 * of their name. Plain arrays and small methods, because this runs once, in a JVM that has just started.
 */
final class SymbolScan {
  static final int SYMBOL_BYTES = 24;
  private static final int TYPE_AT = 4;
  private static final int SECTION_AT = 6;
  private static final int VALUE_AT = 8;
  private static final int FUNCTION = 2;
  private static final int[] LETTERS = {5, 8, 11};
  private static final int LETTER_SETS = 1 << 15;

  private final Map<String, byte[]> wanted = new HashMap<>();
  private final Map<String, Long> found = new HashMap<>();
  private final boolean[] letterSets = new boolean[LETTER_SETS];

  SymbolScan(Set<String> names) {
    for (String name : names) {
      byte[] terminated = Arrays.copyOf(name.getBytes(StandardCharsets.ISO_8859_1), name.length() + 1);
      wanted.put(name, terminated);
      if (name.length() > LETTERS[2]) {
        letterSets[letters(terminated, 0)] = true;
      } else {
        // What follows a short name in the table is not known.
        Arrays.fill(letterSets, true);
      }
    }
  }

  Map<String, Long> found() {
    return Map.copyOf(found);
  }

  boolean isDone() {
    return wanted.isEmpty();
  }

  /** Goes through a part of a symbol table; functions, and symbols that are defined elsewhere, are passed over. */
  void scan(byte[] symbols, byte[] names) {
    for (int at = 0; at + SYMBOL_BYTES <= symbols.length; at += SYMBOL_BYTES) {
      if ((symbols[at + TYPE_AT] & 0xf) != FUNCTION) {
        look(symbols, at, names);
      }
    }
  }

  private void look(byte[] symbols, int at, byte[] names) {
    int name = int32(symbols, at);
    if (name <= 0 || name >= names.length) {
      return;
    }
    if (name + LETTERS[2] >= names.length || letterSets[letters(names, name)]) {
      compare(symbols, at, names, name);
    }
  }

  private static int letters(byte[] names, int name) {
    return (names[name + LETTERS[0]] & 31) << 10 | (names[name + LETTERS[1]] & 31) << 5
        | (names[name + LETTERS[2]] & 31);
  }

  private void compare(byte[] symbols, int at, byte[] names, int name) {
    for (Map.Entry<String, byte[]> candidate : wanted.entrySet()) {
      byte[] text = candidate.getValue();
      if (name + text.length <= names.length
          && Arrays.equals(names, name, name + text.length, text, 0, text.length)) {
        accept(candidate.getKey(), symbols, at);
        return;
      }
    }
  }

  private void accept(String name, byte[] symbols, int at) {
    long value = (int32(symbols, at + VALUE_AT) & 0xffff_ffffL) | (long) int32(symbols, at + VALUE_AT + 4) << 32;
    boolean defined = (symbols[at + SECTION_AT] | symbols[at + SECTION_AT + 1]) != 0;
    if (defined && value != 0) {
      found.put(name, value);
      wanted.remove(name);
    }
  }

  private static int int32(byte[] bytes, int at) {
    return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16 | bytes[at + 3] << 24;
  }
}
