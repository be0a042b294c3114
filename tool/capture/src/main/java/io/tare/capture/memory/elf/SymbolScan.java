package io.tare.capture.memory.elf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Looks for a few names in large symbol tables: most symbols are passed over after one look at the first eight bytes of their
 * name.
 */
final class SymbolScan {
  static final int SYMBOL_BYTES = 24;
  private static final int PREFIX_BYTES = 8;

  private final Map<String, byte[]> wanted = new HashMap<>();
  private final Map<String, Long> found = new HashMap<>();
  private long[] prefixes = {};

  SymbolScan(Set<String> names) {
    for (String name : new LinkedHashSet<>(names)) {
      wanted.put(name, Arrays.copyOf(name.getBytes(StandardCharsets.ISO_8859_1), name.length() + 1));
    }
    indexPrefixes();
  }

  private void indexPrefixes() {
    prefixes = wanted.values().stream()
        .mapToLong(name -> prefix(ByteBuffer.wrap(name).order(ByteOrder.LITTLE_ENDIAN), 0))
        .distinct().sorted().toArray();
  }

  Map<String, Long> found() {
    return Map.copyOf(found);
  }

  boolean isDone() {
    return wanted.isEmpty();
  }

  /** Goes through a part of a symbol table; symbols that are defined elsewhere are passed over. */
  void scan(ByteBuffer symbols, ByteBuffer names) {
    int end = symbols.limit() - SYMBOL_BYTES;
    int namesEnd = names.limit();
    for (int at = 0; at <= end && !wanted.isEmpty(); at += SYMBOL_BYTES) {
      int name = symbols.getInt(at);
      if (name > 0 && name < namesEnd && Arrays.binarySearch(prefixes, prefix(names, name)) >= 0) {
        accept(symbols, at, names, name);
      }
    }
  }

  private void accept(ByteBuffer symbols, int at, ByteBuffer names, int name) {
    boolean defined = symbols.getShort(at + 6) != 0 && symbols.getLong(at + 8) != 0;
    if (!defined) {
      return;
    }
    for (Map.Entry<String, byte[]> candidate : wanted.entrySet()) {
      int end = name + candidate.getValue().length;
      if (end <= names.limit() && Arrays.equals(names.array(), names.arrayOffset() + name, names.arrayOffset() + end,
          candidate.getValue(), 0, candidate.getValue().length)) {
        found.put(candidate.getKey(), symbols.getLong(at + 8));
        wanted.remove(candidate.getKey());
        indexPrefixes();
        return;
      }
    }
  }

  /** The first eight bytes of a name; those after its end are zero. */
  private static long prefix(ByteBuffer names, int at) {
    if (at + PREFIX_BYTES > names.limit()) {
      return shortPrefix(names, at);
    }
    long word = names.getLong(at);
    long zeroBytes = (word - 0x0101010101010101L) & ~word & 0x8080808080808080L;
    if (zeroBytes == 0) {
      return word;
    }
    int bits = Long.numberOfTrailingZeros(zeroBytes) & ~7;
    return word & ((1L << bits) - 1);
  }

  private static long shortPrefix(ByteBuffer names, int at) {
    long word = 0;
    for (int i = 0; at + i < names.limit() && names.get(at + i) != 0; i++) {
      word |= (names.get(at + i) & 0xffL) << (8 * i);
    }
    return word;
  }
}
