package io.tare.capture.memory.python;

import io.tare.capture.memory.MappingIndex;
import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.executable.ProcessSymbols;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Texts, bytes and numbers that no pool has room for and no list names: they are found where another object refers to them, as an item, a
 * value or an attribute. Each is counted once.
 */
final class LargeObjects {
  private static final int LARGEST_BLOCK = 512;
  private static final int MOST_FOUND = 1 << 21;
  private static final long MOST_WORDS = 1L << 27;
  private static final int MOST_OWN_WORDS = 64;
  private static final int MOST_ATTRIBUTES = 30;
  private static final int SLICE_WORDS = 1 << 12;
  private static final int INLINE_VALUES = 1 << 2;
  private static final int MANAGED_DICT = 1 << 4;

  private final ProcessMemory memory;
  private final MappingIndex mappings;
  private final int minor;
  private final long list;
  private final long dict;
  private final PythonTypes types;
  private final PythonSizes sizes;
  private final Map<Long, PythonTypes.Type> found = new HashMap<>();
  private long looked;

  LargeObjects(ProcessMemory memory, MappingIndex mappings, int minor, ProcessSymbols symbols, PythonTypes types,
      PythonSizes sizes) {
    this.memory = memory;
    this.mappings = mappings;
    this.minor = minor;
    this.list = symbols.address("PyList_Type").orElse(-1);
    this.dict = symbols.address("PyDict_Type").orElse(-1);
    this.types = types;
    this.sizes = sizes;
  }

  /** Looks at what this object refers to. */
  void from(long object, PythonTypes.Type type) {
    if (!type.isCollected() || looked > MOST_WORDS || found.size() >= MOST_FOUND) {
      return;
    }
    if (type.address() == list) {
      words(memory.u64(object + 24).orElse(0), memory.u64(object + 16).orElse(0));
    } else if (type.address() == dict) {
      dictionary(object);
    } else {
      long items = type.itemBytes() == Long.BYTES ? Math.max(0, memory.u64(object + 16).orElse(0)) : 0;
      words(object + 16, Math.min(MOST_OWN_WORDS, type.basicBytes() / 8 - 2));
      words(object + type.basicBytes(), items);
      attributes(object, type);
    }
  }

  /** Where an object keeps its attributes while nobody asked for its dictionary. */
  private void attributes(long object, PythonTypes.Type type) {
    if (minor >= 13 && (type.flags() & INLINE_VALUES) != 0) {
      words(object + type.basicBytes() + 8, Math.min(MOST_ATTRIBUTES, memory.u8(object + type.basicBytes()).orElse(0)));
    } else if (minor <= 12 && (type.flags() & MANAGED_DICT) != 0) {
      long values = memory.u64(object - (minor == 11 ? 32 : 24)).orElse(0);
      boolean isDictionary = minor == 12 && (values & 1) == 0;
      words(isDictionary || values == 0 ? 0 : minor == 12 ? values + 1 : values, MOST_ATTRIBUTES);
    }
  }

  private void dictionary(long object) {
    long keys = memory.u64(object + 32).orElse(0);
    long values = memory.u64(object + 40).orElse(0);
    Optional<ByteBuffer> head = memory.read(keys, 32).map(ProcessMemory::inOrder);
    if (head.isPresent()) {
      long entries = head.get().getLong(24);
      int wordsOfEntry = head.get().get(10) == 0 ? 3 : 2;
      long start = keys + 32 + (1L << (head.get().get(9) & 31));
      words(start, entries < 0 || entries > MOST_WORDS ? 0 : entries * wordsOfEntry);
      words(values == 0 ? 0 : minor >= 13 ? values + 8 : values, values == 0 ? 0 : Math.min(entries, MOST_ATTRIBUTES));
    }
  }

  private void words(long start, long count) {
    if (start <= 0 || count <= 0 || looked + count > MOST_WORDS) {
      return;
    }
    looked += count;
    for (long done = 0; done < count; done += SLICE_WORDS) {
      int words = (int) Math.min(SLICE_WORDS, count - done);
      memory.read(start + done * 8, words * 8).map(ProcessMemory::inOrder).ifPresent(slice -> {
        while (slice.remaining() >= 8) {
          candidate(slice.getLong());
        }
      });
    }
  }

  private void candidate(long object) {
    if (object <= 0 || (object & 7) != 0 || !mappings.covers(object) || found.containsKey(object)) {
      return;
    }
    Optional<PythonTypes.Type> type = types.at(memory.u64(object + 8).orElse(0));
    if (type.isPresent() && !type.get().isCollected() && type.get().itemBytes() + type.get().basicBytes() > 16
        && sizes.of(object, type.get()) > LARGEST_BLOCK && found.size() < MOST_FOUND) {
      found.put(object, type.get());
    }
  }

  void each(BiConsumer<PythonTypes.Type, Long> counter) {
    found.forEach((object, type) -> counter.accept(type, sizes.of(object, type)));
  }
}
