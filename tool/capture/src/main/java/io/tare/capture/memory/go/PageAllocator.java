package io.tare.capture.memory.go;

import io.tare.capture.memory.ProcessMemory;
import io.tare.model.AddressRange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * The runtime's page allocator, {@code mheap_.pages}: where the heap lies, and which of its pages are allocated and which were given
 * back.
 *
 * <p>It begins with five slices whose capacities follow from the width of addresses alone (Go 1.14 and later, 48 bits), so it is
 * found without symbols; then comes the index of the chunks of 4 MB.
 *
 * @param address of the first slice
 * @param arenas the ranges that the heap grew into
 * @param baseOffset what is subtracted from an address before chunks are numbered
 */
record PageAllocator(long address, List<AddressRange> arenas, long baseOffset) {
  static final long CHUNK_BYTES = 4L << 20;
  static final int INDEX_ENTRIES = 1 << 13;
  private static final long[] CAPACITIES = {1L << 14, 1L << 17, 1L << 20, 1L << 23, 1L << 26};
  private static final int SLICE_BYTES = 3 * Long.BYTES;
  private static final int INDEX_AT = CAPACITIES.length * SLICE_BYTES;

  /** What follows the index: the search address, the first and last chunk, then the slice of arenas. */
  static final int AFTER_INDEX = INDEX_AT + INDEX_ENTRIES * Long.BYTES;
  private static final int FIRST_CHUNK_AT = AFTER_INDEX + Long.BYTES;
  private static final int ARENAS_AT = FIRST_CHUNK_AT + 2 * Long.BYTES;
  private static final int SCAVENGER_SEARCHED = 80;
  private static final long LEAST_SCAVENGED = 1 << 16;
  private static final int MOST_ARENAS = 1 << 12;
  private static final long MOST_HEAP_BYTES = 1L << 42;
  private static final long[] BASE_OFFSETS = {0xffff800000000000L, 0};

  PageAllocator {
    arenas = List.copyOf(arenas);
  }

  /** Whether the five slices stand at this offset. */
  static boolean isAt(ByteBuffer words, int offset) {
    for (int level = 0; level < CAPACITIES.length; level++) {
      int slice = offset + level * SLICE_BYTES;
      long length = words.getLong(slice + Long.BYTES);
      boolean fits = words.getLong(slice + 2 * Long.BYTES) == CAPACITIES[level] && length >= 0
          && length <= CAPACITIES[level] && words.getLong(slice) > 0;
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  static int headBytes() {
    return INDEX_AT;
  }

  /** The allocator whose slices stand at this address, when its arenas make sense. */
  static Optional<PageAllocator> read(ProcessMemory memory, long address) {
    List<AddressRange> arenas = arenas(memory, address + ARENAS_AT);
    OptionalLong firstChunk = memory.u64(address + FIRST_CHUNK_AT);
    if (arenas.isEmpty() || firstChunk.isEmpty()) {
      return Optional.empty();
    }
    for (long baseOffset : BASE_OFFSETS) {
      if ((arenas.getFirst().start() - baseOffset) / CHUNK_BYTES == firstChunk.getAsLong()) {
        return Optional.of(new PageAllocator(address, arenas, baseOffset));
      }
    }
    return Optional.empty();
  }

  private static List<AddressRange> arenas(ProcessMemory memory, long slice) {
    long ranges = memory.u64(slice).orElse(0);
    long count = memory.u64(slice + Long.BYTES).orElse(0);
    if (ranges <= 0 || count <= 0 || count > MOST_ARENAS) {
      return List.of();
    }
    List<AddressRange> arenas = new ArrayList<>();
    long bytes = 0;
    for (long at = ranges; at < ranges + count * 2 * Long.BYTES; at += 2 * Long.BYTES) {
      long start = memory.u64(at).orElse(0);
      long end = memory.u64(at + Long.BYTES).orElse(0);
      if (start <= 0 || end <= start || start % CHUNK_BYTES != 0 || end % CHUNK_BYTES != 0) {
        return List.of();
      }
      arenas.add(new AddressRange(start, end));
      bytes += end - start;
      if (bytes > MOST_HEAP_BYTES) {
        return List.of();
      }
    }
    return arenas;
  }

  /** Where the bits of the chunk that holds this address are kept. */
  OptionalLong bitsOfChunk(ProcessMemory memory, long heapAddress) {
    long chunk = (heapAddress - baseOffset) / CHUNK_BYTES;
    long entry = address + INDEX_AT + chunk / INDEX_ENTRIES * Long.BYTES;
    long table = chunk / INDEX_ENTRIES < INDEX_ENTRIES ? memory.u64(entry).orElse(0) : 0;
    return table <= 0 ? OptionalLong.empty() : OptionalLong.of(table + chunk % INDEX_ENTRIES * ChunkBits.BYTES);
  }

  /** The memory that the five levels of summaries are reserved in. */
  List<AddressRange> summaries(ProcessMemory memory) {
    List<AddressRange> ranges = new ArrayList<>();
    for (int level = 0; level < CAPACITIES.length; level++) {
      long start = memory.u64(address + (long) level * SLICE_BYTES).orElse(0);
      if (start > 0) {
        ranges.add(AddressRange.ofSize(start, CAPACITIES[level] * Long.BYTES));
      }
    }
    return ranges;
  }

  /** The memory that the bits of the heap's chunks are reserved in. */
  List<AddressRange> bitmaps(ProcessMemory memory) {
    return arenas.stream().flatMapToLong(arena -> LongStream.of(arena.start(), arena.end() - 1))
        .map(heap -> address + INDEX_AT + (heap - baseOffset) / CHUNK_BYTES / INDEX_ENTRIES * Long.BYTES)
        .map(entry -> memory.u64(entry).orElse(0)).filter(table -> table > 0).distinct()
        .mapToObj(table -> AddressRange.ofSize(table, (long) INDEX_ENTRIES * ChunkBits.BYTES)).toList();
  }

  /** What the runtime notes of each chunk for giving pages back: a slice soon after that of the arenas. */
  Optional<AddressRange> scavengeIndex(ProcessMemory memory, int bytesEach) {
    long from = address + ARENAS_AT + 3L * Long.BYTES;
    for (long at = from; at < from + SCAVENGER_SEARCHED; at += Long.BYTES) {
      long start = memory.u64(at).orElse(0);
      long capacity = memory.u64(at + 2 * Long.BYTES).orElse(0);
      boolean fits = start > 0 && start % memory.pageBytes() == 0 && capacity >= LEAST_SCAVENGED
          && capacity <= 1L << (48 - 22) && memory.u64(at + Long.BYTES).orElse(0) <= capacity;
      if (fits) {
        return Optional.of(AddressRange.ofSize(start, capacity * bytesEach));
      }
    }
    return Optional.empty();
  }

  long arenaBytes() {
    return arenas.stream().mapToLong(AddressRange::bytes).sum();
  }

  /**
   * The heap's pages by state, from the allocator's bits.
   *
   * @param idleResidentBytes free pages that are present
   * @param unreadBytes chunks whose bits could not be read
   */
  record HeapPages(long allocatedBytes, long idleBytes, long returnedBytes, long idleResidentBytes, long unreadBytes) {

    static HeapPages count(ProcessMemory memory, PageAllocator pages) {
      HeapPages sum = new HeapPages(0, 0, 0, 0, 0);
      for (AddressRange arena : pages.arenas()) {
        for (long chunk = arena.start(); chunk < arena.end(); chunk += PageAllocator.CHUNK_BYTES) {
          Optional<ChunkBits> bits = ChunkBits.read(memory, pages, chunk);
          sum = sum.plus(bits.map(found -> of(memory, found))
              .orElseGet(() -> new HeapPages(0, 0, 0, 0, PageAllocator.CHUNK_BYTES)));
        }
      }
      return sum;
    }

    private static HeapPages of(ProcessMemory memory, ChunkBits bits) {
      long resident = 0;
      for (AddressRange free : bits.freeRanges()) {
        resident += memory.presentRuns(free).stream().mapToLong(AddressRange::bytes).sum();
      }
      return new HeapPages(bits.allocatedBytes(), bits.idleBytes(), bits.returnedBytes(), resident, 0);
    }

    private HeapPages plus(HeapPages other) {
      return new HeapPages(allocatedBytes + other.allocatedBytes, idleBytes + other.idleBytes,
          returnedBytes + other.returnedBytes, idleResidentBytes + other.idleResidentBytes,
          unreadBytes + other.unreadBytes);
    }
  }

  /** The bits that the runtime keeps of one chunk of 512 pages: which are allocated, which were given back to the kernel. */
  record ChunkBits(long chunk, ByteBuffer bits) {
    static final int BYTES = 128;
    static final long PAGE_BYTES = 8192;
    private static final int RETURNED_AT = BYTES / 2;
    private static final int PAGES = (int) (PageAllocator.CHUNK_BYTES / PAGE_BYTES);

    static Optional<ChunkBits> read(ProcessMemory memory, PageAllocator pages, long chunk) {
      OptionalLong at = pages.bitsOfChunk(memory, chunk);
      return at.isEmpty()
          ? Optional.empty()
          : memory.read(at.getAsLong(), BYTES).map(bytes -> new ChunkBits(chunk, ProcessMemory.inOrder(bytes)));
    }

    long allocatedBytes() {
      return bytesWhere(true, false) + bytesWhere(true, true);
    }

    /** Free, and never given back: the kernel still charges for what was touched. */
    long idleBytes() {
      return bytesWhere(false, false);
    }

    long returnedBytes() {
      return bytesWhere(false, true);
    }

    private long bytesWhere(boolean allocated, boolean returned) {
      long count = 0;
      for (int page = 0; page < PAGES; page++) {
        if (isAllocated(page) == allocated && isSet(page, RETURNED_AT) == returned) {
          count++;
        }
      }
      return count * PAGE_BYTES;
    }

    /** The free pages as ranges. */
    List<AddressRange> freeRanges() {
      List<AddressRange> free = new ArrayList<>();
      int from = -1;
      for (int page = 0; page <= PAGES; page++) {
        boolean isFree = page < PAGES && !isAllocated(page);
        if (isFree && from < 0) {
          from = page;
        } else if (!isFree && from >= 0) {
          free.add(new AddressRange(chunk + from * PAGE_BYTES, chunk + page * PAGE_BYTES));
          from = -1;
        }
      }
      return free;
    }

    private boolean isAllocated(int page) {
      return isSet(page, 0);
    }

    private boolean isSet(int page, int at) {
      return (bits.getLong(at + page / Long.SIZE * Long.BYTES) >>> page % Long.SIZE & 1) != 0;
    }
  }
}
