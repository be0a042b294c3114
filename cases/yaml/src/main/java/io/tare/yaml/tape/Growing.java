package io.tare.yaml.tape;

import io.tare.yaml.memory.Raw;
import io.tare.yaml.memory.Region;
import java.io.Serial;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/** Memory that is written from its start on, by address, and grows. */
@SuppressWarnings("restricted")
final class Growing {
  /** A stretch of a shared region is full: its owner has to do it in another way. */
  static final class Full extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;
  }

  private static final String NAME = "yaml tape";
  private static final long FIRST_CAPACITY = 1 << 20;
  private Region region;
  /** The owner of the region when it doubles; null when the region is the kernel's. */
  private @Nullable Arena zeroed;
  /** Where the next byte goes. */
  long next;
  private long limit;

  /** Whether the region is a part of somebody else's, which can't grow. */
  private final boolean part;
  private final long first;

  private Growing(Region region, @Nullable Arena zeroed, boolean part) {
    this.region = region;
    this.zeroed = zeroed;
    this.part = part;
    this.next = region.address();
    this.first = region.address();
    this.limit = region.end();
  }

  private Growing(Region whole, long from, long bytes) {
    this.region = whole;
    this.part = true;
    this.next = whole.address() + from;
    this.first = next;
    this.limit = next + bytes;
  }

  /** Pages come when they are written. */
  static Growing reserved(long bytes) {
    return new Growing(Region.anonymous(bytes).named(NAME), null, false);
  }

  /** A stretch of a region of somebody else: several writers have one address space, and places count from its start. */
  static Growing within(Region whole, long from, long bytes) {
    return new Growing(whole, from, bytes);
  }

  /** As malloc and the usual arenas do it: twice as large each time, cleared, so that what is not used is resident. */
  static Growing doubling() {
    Arena arena = Arena.ofShared();
    return new Growing(region(arena, FIRST_CAPACITY), arena, false);
  }

  private static Region region(Arena arena, long bytes) {
    return new Region(arena.allocate(bytes, 8).address(), bytes);
  }

  void ensure(long bytes) {
    if (next + bytes > limit) {
      grow(bytes);
    }
  }

  private void grow(long bytes) {
    if (part) {
      throw new Full();
    }
    long used = used();
    long wanted = Math.max(region.size() * 2, used + bytes);
    Arena arena = zeroed == null ? null : Arena.ofShared();
    Region larger = arena == null ? Region.anonymous(wanted).named(NAME) : region(arena, wanted);
    Raw.copy(region.address(), larger.address(), used);
    free();
    region = larger;
    zeroed = arena;
    next = larger.address() + used;
    limit = larger.end();
  }

  long start() {
    return region.address();
  }

  /** How much was written to this stretch. */
  long written() {
    return next - first;
  }

  long used() {
    return next - region.address();
  }

  long capacity() {
    return region.size();
  }

  void free() {
    if (zeroed != null) {
      zeroed.close();
    } else {
      region.free();
    }
  }

  /** A segment of what is written, which lives as long as {@code arena}. What the kernel reserved beyond it goes back; what was doubled stays. */
  MemorySegment finished(Arena arena) {
    if (zeroed != null) {
      Arena own = zeroed;
      return MemorySegment.ofAddress(region.address()).reinterpret(region.size(), arena, gone -> own.close());
    }
    region = region.shrunk(used());
    return region.in(arena);
  }

  /** A copy on the Java heap; this memory is freed. */
  MemorySegment onHeap() {
    long[] heap = new long[Math.toIntExact((used() + 7) / 8)];
    MemorySegment copy = MemorySegment.ofArray(heap);
    MemorySegment.copy(MemorySegment.ofAddress(start()).reinterpret(used()), ValueLayout.JAVA_BYTE, 0, copy,
        ValueLayout.JAVA_BYTE, 0, used());
    free();
    return copy;
  }
}
