package io.tare.capture.memory.python;

import io.tare.capture.memory.MappingIndex;
import io.tare.capture.memory.ProcessMemory;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The types that objects point to: {@code PyTypeObject}, each looked at once. */
final class PythonTypes {
  private static final int WORDS = 34;
  private static final int NAME_LENGTH = 200;
  private static final int MOST_TYPES = 1 << 18;
  private static final int MOST_ENTRIES = 1 << 12;
  private static final long LARGEST_BASIC = 1 << 20;
  private static final long HEAP_TYPE = 1 << 9;

  private final ProcessMemory memory;
  private final MappingIndex mappings;
  private final int minor;
  private final long typeOfTypes;
  private final Map<Long, Optional<Type>> known = new HashMap<>();
  private int depth;

  /** @param minor 11 of Python 3.11 */
  PythonTypes(ProcessMemory memory, MappingIndex mappings, int minor, long typeOfTypes) {
    this.memory = memory;
    this.mappings = mappings;
    this.minor = minor;
    this.typeOfTypes = typeOfTypes;
  }

  /**
   * One type.
   *
   * @param basicBytes of an object, without what stands before it
   * @param itemBytes of each further item
   */
  record Type(long address, String name, String module, long basicBytes, long itemBytes, long flags) {
    private static final long COLLECTED = 1 << 14;
    private static final long MANAGED_DICT = 1 << 4;
    private static final long MANAGED_REFERENCES = 1 << 3;

    boolean isCollected() {
      return (flags & COLLECTED) != 0;
    }

    /** What stands before an object: two words of the collector, and from Python 3.11 on two for its attributes. */
    int headBytes(int minor) {
      long managed = minor >= 12 ? MANAGED_DICT | MANAGED_REFERENCES : minor == 11 ? MANAGED_DICT : 0;
      return (isCollected() ? 16 : 0) + ((flags & managed) != 0 ? 16 : 0);
    }
  }

  Optional<Type> at(long address) {
    if (address <= 0 || (address & 7) != 0) {
      return Optional.empty();
    }
    Optional<Type> type = known.get(address);
    if (type == null) {
      type = depth < 3 && mappings.covers(address) ? read(address) : Optional.empty();
      if (known.size() < MOST_TYPES && (depth == 0 || type.isPresent())) {
        known.put(address, type);
      }
    }
    return type;
  }

  private Optional<Type> read(long address) {
    Optional<ByteBuffer> words = memory.read(address, WORDS * Long.BYTES).map(ProcessMemory::inOrder);
    if (words.isEmpty() || !isType(words.get().getLong(8))) {
      return Optional.empty();
    }
    long basic = words.get().getLong(32);
    long item = words.get().getLong(40);
    long flags = words.get().getLong(168);
    Optional<String> name = memory.cString(words.get().getLong(24), NAME_LENGTH).filter(PythonTypes::isName);
    boolean fits = basic >= 16 && basic <= LARGEST_BASIC && item >= 0 && item <= LARGEST_BASIC;
    if (name.isEmpty() || !fits) {
      return Optional.empty();
    }
    int dot = name.get().lastIndexOf('.');
    String module = dot > 0
        ? name.get().substring(0, dot)
        : (flags & HEAP_TYPE) != 0 ? module(words.get().getLong(264)).orElse("") : "builtins";
    return Optional.of(new Type(address, name.get().substring(dot + 1), module, basic, item, flags));
  }

  private static boolean isName(String text) {
    return !text.isEmpty() && text.chars().allMatch(character -> character > ' ' && character < 0x7f);
  }

  /** A type's type is {@code type}, or one whose type is that. */
  private boolean isType(long type) {
    if (type == typeOfTypes) {
      return true;
    }
    depth++;
    try {
      return at(type).isPresent();
    } finally {
      depth--;
    }
  }

  /** {@code __module__} of a type's own dictionary. */
  private Optional<String> module(long dictionary) {
    long keys = memory.u64(dictionary + 32).orElse(0);
    Optional<ByteBuffer> head = memory.read(keys, 32).map(ProcessMemory::inOrder);
    if (head.isEmpty() || minor < 11) {
      return Optional.empty();
    }
    boolean isText = head.get().get(10) != 0;
    long entries = keys + 32 + (1L << Math.min(head.get().get(9), 30));
    long count = Math.clamp(head.get().getLong(24), 0, MOST_ENTRIES);
    for (long i = 0; i < count; i++) {
      long entry = entries + i * (isText ? 16 : 24) + (isText ? 0 : 8);
      OptionalLong key = memory.u64(entry);
      if (key.isPresent() && text(key.getAsLong()).equals("__module__")) {
        return Optional.of(text(memory.u64(entry + 8).orElse(0))).filter(PythonTypes::isName);
      }
    }
    return Optional.empty();
  }

  /** A short text of ASCII letters; empty for another. */
  private String text(long string) {
    long length = memory.u64(string + 16).orElse(-1);
    return length < 0 || length > NAME_LENGTH
        ? ""
        : memory.cString(string + (minor >= 12 ? 40 : 48), (int) length + 1).filter(text -> text.length() == length)
            .orElse("");
  }
}
