package io.tare.capture.memory.hotspot;

import io.tare.capture.memory.MappingIndex;
import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.hotspot.HotspotTables.HotspotLimits;
import io.tare.capture.memory.hotspot.JvmLibrary.JvmSymbols;
import io.tare.model.proc.Mapping;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The JVM as the walks see it: its memory, what the structure tables say of it, and how far to follow.
 *
 * @param process which process it is, among all that are read; empty where nothing may be remembered of it
 */
record Vm(ProcessMemory memory, MappingIndex mappings, StructTables tables, JvmSymbols symbols, HotspotLimits limits,
    String process) {
  private static final int MOST_BYTES = 16 << 20;
  private static final long MOST_ARENAS = 256;
  private static final long ARENA_BYTES = 64L << 20;

  Vm(ProcessMemory memory, MappingIndex mappings, StructTables tables, JvmSymbols symbols, HotspotLimits limits) {
    this(memory, mappings, tables, symbols, limits, "");
  }

  long word(long address) throws Unreadable {
    return value(memory.u64(address), "word", address);
  }

  long u32(long address) throws Unreadable {
    return value(memory.u32(address), "integer", address);
  }

  int i32(long address) throws Unreadable {
    return (int) u32(address);
  }

  long u16(long address) throws Unreadable {
    return value(memory.u16(address), "short", address);
  }

  long u8(long address) throws Unreadable {
    return value(memory.u8(address), "byte", address);
  }

  byte[] bytes(long address, int length) throws Unreadable {
    if (length < 0 || length > MOST_BYTES) {
      throw Unreadable.at(length + " bytes", address);
    }
    return memory.read(address, length).orElseThrow(() -> Unreadable.at(length + " bytes", address));
  }

  String text(long address) throws Unreadable {
    return memory.cString(address, limits.textLength()).orElseThrow(() -> Unreadable.at("text", address));
  }

  private static long value(OptionalLong read, String what, long address) throws Unreadable {
    if (read.isEmpty()) {
      throw Unreadable.at(what, address);
    }
    return read.getAsLong();
  }

  boolean has(String... fields) {
    return tables.field(fields).isPresent();
  }

  boolean isOfType(String field, String type) {
    return tables.field(field).filter(found -> found.type().equals(type)).isPresent();
  }

  /**
   * Where the field of that object is; the names are alternatives, the first that the tables know counts. A field that is static in
   * this JDK is where the tables say, whatever the object.
   */
  long at(long object, String... fields) throws Unreadable {
    StructTables.Field field = find(fields);
    if (field.isStatic() && field.address() != 0) {
      return field.address();
    }
    if (object == 0) {
      throw new Unreadable("no object for " + fields[0]);
    }
    return object + field.offset();
  }

  long offset(String... fields) throws Unreadable {
    return find(fields).offset();
  }

  long word(long object, String... fields) throws Unreadable {
    return word(at(object, fields));
  }

  /** Where the static field is. */
  long staticAt(String... fields) throws Unreadable {
    StructTables.Field field = find(fields);
    if (!field.isStatic() || field.address() == 0) {
      throw new Unreadable(fields[0] + " is not static");
    }
    return field.address();
  }

  long staticWord(String... fields) throws Unreadable {
    return word(staticAt(fields));
  }

  private StructTables.Field find(String... fields) throws Unreadable {
    Optional<StructTables.Field> field = tables.field(fields);
    if (field.isEmpty()) {
      throw new Unreadable("the structure table has no " + fields[0]);
    }
    return field.get();
  }

  /** The size of a type; an error when the tables do not know it or give nonsense. */
  int sizeOf(String type) throws Unreadable {
    StructTables.Type known = tables.types().get(type);
    if (known == null || known.bytes() <= 0 || known.bytes() > 1 << 20) {
      throw new Unreadable("the type table has no size of " + type);
    }
    return (int) known.bytes();
  }

  OptionalLong constant(String name) {
    Long value = tables.constants().get(name);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /** Whether anonymous mappings, and nothing else, cover the whole range. */
  boolean isAnonymous(long start, long end) {
    long at = start;
    while (at < end) {
      Optional<Mapping> mapping = mappings.at(at);
      if (mapping.isEmpty() || !mapping.get().isAnonymous()) {
        return false;
      }
      at = mapping.get().range().end();
    }
    return start < end;
  }

  /** Whether the address could begin a reservation: page-aligned anonymous memory that no arena of malloc holds. */
  boolean isReservation(long address) {
    if (address <= 0 || (address & (memory.pageBytes() - 1)) != 0) {
      return false;
    }
    Optional<Mapping> mapping = mappings.at(address);
    return mapping.isPresent() && mapping.get().isAnonymous() && !isArena(mapping.get().range().start());
  }

  /** Whether an arena of malloc begins in the range; more than a few hundred are not looked for. */
  boolean holdsArena(long start, long end) {
    long first = (start + ARENA_BYTES - 1) & -ARENA_BYTES;
    for (long at = first; at < end && at < first + MOST_ARENAS * ARENA_BYTES; at += ARENA_BYTES) {
      if (isArena(at)) {
        return true;
      }
    }
    return false;
  }

  /** A heap of a malloc arena begins at a multiple of 64 MB with a pointer to its arena and two sizes. */
  private boolean isArena(long address) {
    long start = address & -ARENA_BYTES;
    long arena = memory.u64(start).orElse(0);
    long bytes = memory.u64(start + 16).orElse(0);
    return isPointer(arena) && bytes > 0 && bytes <= ARENA_BYTES && (bytes & (memory.pageBytes() - 1)) == 0;
  }

  /** Whether the address could be that of an aligned object in a mapping. */
  boolean isPointer(long address) {
    return address > 0 && (address & 7) == 0 && mappings.covers(address);
  }
}
