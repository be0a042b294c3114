package io.tare.capture.memory.glibc;

import io.tare.capture.memory.glibc.ArenaState.ArenaLayout;
import io.tare.capture.memory.programs.WrittenMemory;
import io.tare.model.AddressRange;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.MappingBytes;
import io.tare.model.proc.Smaps;
import java.util.List;

/** Writes a secondary arena as glibc 2.36 lays it out, one heap, empty bins, chunks in the order in which they are added. */
final class ArenaBuilder {
  static final long HEAP = 0x7f00_0000_0000L;
  static final long ARENA = HEAP + 48;
  static final long FIRST_CHUNK = (ARENA + 2200 + 15) & -16;
  static final int USED_BYTES = 132 << 10;
  /** Of a 32-bit process: its head takes 24 bytes, its arena 1116, and a block behind a chunk's head is aligned, not the chunk. */
  private static final long NARROW_HEAP = 0xf700_0000L;
  private static final long NARROW_FIRST_CHUNK = NARROW_HEAP + 24 + 1116 + 4;

  final WrittenMemory memory = new WrittenMemory();
  private final ArenaLayout layout;
  private final int word;
  private final long heap;
  private final long arena;
  private long next;
  private boolean previousInUse = true;

  ArenaBuilder() {
    this(WordWidth.EIGHT, HEAP, ARENA, FIRST_CHUNK);
  }

  private ArenaBuilder(WordWidth width, long heap, long arena, long firstChunk) {
    this.layout = ArenaLayout.known(width).getFirst();
    this.word = width.bytes();
    this.heap = heap;
    this.arena = arena;
    this.next = firstChunk;
    memory.fill(AddressRange.ofSize(heap, USED_BYTES));
    put(heap, arena).put(heap + 2 * word, USED_BYTES).put(heap + 3 * word, USED_BYTES);
    for (int bin = 0; bin < ArenaLayout.BINS; bin++) {
      long at = arena + layout.bins() + bin * 2L * word;
      put(at, at - 2 * word).put(at + word, at - 2 * word);
    }
    ring(arena);
    put(arena + layout.systemBytes(), USED_BYTES).put(arena + layout.mostSystemBytes(), USED_BYTES);
  }

  static ArenaBuilder ofNarrowWords() {
    return new ArenaBuilder(WordWidth.FOUR, NARROW_HEAP, NARROW_HEAP + 24, NARROW_FIRST_CHUNK);
  }

  /** A word of this process's width. */
  ArenaBuilder put(long address, long value) {
    if (word == Long.BYTES) {
      memory.put(address, value);
    } else {
      memory.putInt(address, (int) value);
    }
    return this;
  }

  /** Lets the arena's ring go on at this address. */
  WrittenMemory ring(long nextArena) {
    return put(arena + layout.next(), nextArena).memory;
  }

  long fastBin(int index) {
    return arena + layout.fastBinsAt() + (long) index * word;
  }

  ArenaBuilder used(long size) {
    return chunk(size, true);
  }

  ArenaBuilder free(long size) {
    return chunk(size, false);
  }

  private ArenaBuilder chunk(long size, boolean inUse) {
    put(next + word, size | (previousInUse ? 1 : 0));
    next += size;
    previousInUse = inUse;
    if (!inUse) {
      put(next, size);
    }
    return this;
  }

  /** Ends the heap with the top chunk. */
  ArenaBuilder top() {
    put(next + word, (end() - next) | (previousInUse ? 1 : 0));
    return put(arena + layout.top(), next);
  }

  long next() {
    return next;
  }

  /** Where the heap ends. */
  long end() {
    return heap + USED_BYTES;
  }

  Smaps mapped() {
    return new Smaps(List.of(anonymous(AddressRange.ofSize(heap, USED_BYTES))));
  }

  static Mapping anonymous(AddressRange range) {
    MappingBytes bytes = new MappingBytes(range.bytes(), range.bytes(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    return new Mapping(range, "rw-p", 0, "00:00", 0, "", bytes, "");
  }
}
