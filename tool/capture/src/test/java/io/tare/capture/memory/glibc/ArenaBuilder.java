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
  private static final ArenaLayout LAYOUT = ArenaLayout.KNOWN.getFirst();

  final WrittenMemory memory = new WrittenMemory();
  private long next = FIRST_CHUNK;
  private boolean previousInUse = true;

  ArenaBuilder() {
    memory.fill(AddressRange.ofSize(HEAP, USED_BYTES));
    memory.put(HEAP, ARENA).put(HEAP + 16, USED_BYTES).put(HEAP + 24, USED_BYTES);
    for (int bin = 0; bin < ArenaLayout.BINS; bin++) {
      long at = ARENA + LAYOUT.bins() + bin * 16;
      memory.put(at, at - 16).put(at + 8, at - 16);
    }
    ring(ARENA).put(ARENA + LAYOUT.systemBytes(), USED_BYTES).put(ARENA + LAYOUT.mostSystemBytes(), USED_BYTES);
  }

  /** Lets the arena's ring go on at this address. */
  WrittenMemory ring(long nextArena) {
    return memory.put(ARENA + LAYOUT.next(), nextArena);
  }

  long fastBin(int index) {
    return ARENA + LAYOUT.fastBinsAt() + index * 8L;
  }

  ArenaBuilder used(long size) {
    return chunk(size, true);
  }

  ArenaBuilder free(long size) {
    return chunk(size, false);
  }

  private ArenaBuilder chunk(long size, boolean inUse) {
    memory.put(next + 8, size | (previousInUse ? 1 : 0));
    next += size;
    previousInUse = inUse;
    if (!inUse) {
      memory.put(next, size);
    }
    return this;
  }

  /** Ends the heap with the top chunk. */
  ArenaBuilder top() {
    memory.put(next + 8, (HEAP + USED_BYTES - next) | (previousInUse ? 1 : 0));
    memory.put(ARENA + LAYOUT.top(), next);
    return this;
  }

  long next() {
    return next;
  }

  static Smaps smaps() {
    AddressRange range = AddressRange.ofSize(HEAP, USED_BYTES);
    return new Smaps(List.of(anonymous(range)));
  }

  static Mapping anonymous(AddressRange range) {
    MappingBytes bytes = new MappingBytes(range.bytes(), range.bytes(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    return new Mapping(range, "rw-p", 0, "00:00", 0, "", bytes, "");
  }
}
