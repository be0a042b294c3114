package io.tare.capture.memory.python;

import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.executable.ProcessSymbols;
import java.util.OptionalLong;

/** How many bytes an object has, as {@code sys.getsizeof} tells it: with its tables, and with what stands before it. */
final class PythonSizes {
  private static final long MOST_ITEMS = 1L << 36;
  /** Flags of types that are one of these, or made from it. */
  private static final long NUMBER = 1 << 24;
  private static final long LIST = 1 << 25;
  private static final long DICT = 1 << 29;
  private static final int NUMBER_BYTES = 24;
  private static final int DIGIT_BYTES = 4;
  private static final int DEQUE_BLOCK_ITEMS = 64;
  /** The items, and what leads to the blocks before and behind. */
  private static final int DEQUE_BLOCK_BYTES = 8 * DEQUE_BLOCK_ITEMS + 16;
  /** A type object without what only classes written in Python have; eight more from 3.12 on. */
  private static final int TYPE_BYTES = 408;

  private final ProcessMemory memory;
  private final int minor;
  private final long set;
  private final long frozenSet;
  private final long text;
  private final long types;

  PythonSizes(ProcessMemory memory, int minor, ProcessSymbols symbols) {
    this.memory = memory;
    this.minor = minor;
    this.set = symbols.address("PySet_Type").orElse(-1);
    this.frozenSet = symbols.address("PyFrozenSet_Type").orElse(-1);
    this.text = symbols.address("PyUnicode_Type").orElse(-1);
    this.types = symbols.address("PyType_Type").orElse(-1);
  }

  long of(long object, PythonTypes.Type type) {
    return type.headBytes(minor) + own(object, type);
  }

  private long own(long object, PythonTypes.Type type) {
    long kind = type.address();
    if ((type.flags() & LIST) != 0) {
      return type.basicBytes() + 8 * count(object + 32);
    }
    if ((type.flags() & DICT) != 0) {
      return type.basicBytes() + tables(object);
    }
    if (kind == set || kind == frozenSet) {
      boolean isSmall = memory.u64(object + 40).orElse(0) == object + 64;
      return type.basicBytes() + (isSmall ? 0 : 16 * (count(object + 32) + 1));
    }
    if (type.name().equals("deque") && type.module().endsWith("collections")) {
      return type.basicBytes() + DEQUE_BLOCK_BYTES * dequeBlocks(object);
    }
    if ((type.flags() & NUMBER) != 0) {
      return NUMBER_BYTES + DIGIT_BYTES * Math.max(minor >= 12 ? 1 : 0, digits(object));
    }
    if (kind == text) {
      return text(object);
    }
    if (kind == types || (type.basicBytes() > TYPE_BYTES && type.itemBytes() != 0)) {
      return type.basicBytes() + cachedKeys(object);
    }
    if (type.itemBytes() == 0) {
      return type.basicBytes();
    }
    return type.basicBytes() + type.itemBytes() * count(object + 16);
  }

  /** A chain of blocks: from the first one's beginning on, places that are free included. */
  private long dequeBlocks(long deque) {
    return (count(deque + 40) + count(deque + 16) + DEQUE_BLOCK_ITEMS - 1) / DEQUE_BLOCK_ITEMS;
  }

  private long count(long address) {
    long count = memory.u64(address).orElse(0);
    return count >= 0 && count <= MOST_ITEMS ? count : 0;
  }

  /** Digits of 30 bits: a signed count until Python 3.11, then above three bits of state. */
  private long digits(long number) {
    OptionalLong tag = memory.u64(number + 16);
    long digits = minor >= 12 ? tag.orElse(0) >>> 3 : Math.abs(tag.orElse(0));
    return digits <= MOST_ITEMS ? digits : 0;
  }

  private long text(long string) {
    long state = memory.u32(string + 32).orElse(0);
    long width = state >>> 2 & 7;
    boolean isAscii = (state >>> 6 & 1) != 0;
    long head = minor >= 12 ? (isAscii ? 40 : 56) : isAscii ? 48 : 72;
    return head + (count(string + 16) + 1) * Math.max(1, width);
  }

  /** A table that several dictionaries share is its type's; each has values of its own then. */
  private long tables(long dictionary) {
    long keys = memory.u64(dictionary + 32).orElse(0);
    long values = memory.u64(dictionary + 40).orElse(0);
    boolean isOwn = (memory.u64(keys).orElse(0) & 0xffff_ffffL) == 1;
    return (values == 0 ? 0 : 8 * usable(keys)) + (isOwn ? keys(keys) : 0);
  }

  /** A class keeps the names of its objects' attributes for them. */
  private long cachedKeys(long type) {
    boolean isHeapType = (memory.u64(type + 168).orElse(0) & 1 << 9) != 0;
    long keys = isHeapType ? memory.u64(type + (minor >= 12 ? TYPE_BYTES + 8 : TYPE_BYTES) + 464).orElse(0) : 0;
    return keys == 0 ? 0 : keys(keys);
  }

  private long usable(long keys) {
    return (1L << (memory.u8(keys + 8).orElse(0) & 31)) * 2 / 3;
  }

  private long keys(long keys) {
    boolean isGeneral = memory.u8(keys + 10).orElse(0) == 0;
    return memory.u64(keys).isEmpty()
        ? 0
        : 32 + (1L << (memory.u8(keys + 9).orElse(0) & 31)) + usable(keys) * (isGeneral ? 24 : 16);
  }
}
