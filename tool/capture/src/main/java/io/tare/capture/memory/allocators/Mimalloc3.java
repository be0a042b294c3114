package io.tare.capture.memory.allocators;

import io.tare.capture.memory.ProcessMemory;
import io.tare.model.AddressRange;
import io.tare.model.proc.Mapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * mimalloc 3: arenas of slices of 64 KB, the first of which are the arena's own. A page is some slices that belong together; its head,
 * which stands in its first slice or in a table apart, names its arena, the number of that slice and how many there are. A head whose slice
 * is not where the head stands for is none: that is the proof, and in which layout most heads hold it is the version. A head without a block
 * in use is left aside, since freed pages leave theirs behind.
 */
final class Mimalloc3 {
  private static final long SLICE = 64 << 10;
  private static final long MOST_BYTES = 1L << 40;
  private static final long MOST_ARENA_BYTES = 1L << 36;
  private static final int MOST_ARENAS = 1 << 10;
  private static final long SMALLEST_ARENA = 1 << 20;
  /** Where in an arena's head the number of its slices may stand, and behind it that of its own. */
  private static final List<Integer> COUNTS_AT = List.of(32, 40, 48);
  /** Memory of which a page has all, as opposed to slices of an arena. */
  private static final int FROM_THE_KERNEL = 3;
  private static final int FROM_THE_KERNEL_LAST = 5;

  /** Of a slice that long the first words are read, each once: in them stands the head of a page or of an arena. */
  private static final int WORDS = 17;

  private final AllocatorSearch search;
  private final ProcessMemory memory;
  /** By the beginnings of slices that are resident, ascending. */
  private final NavigableMap<Long, long[]> slices = new TreeMap<>();

  private Mimalloc3(AllocatorSearch search) {
    this.search = search;
    this.memory = search.memory();
  }

  /** What it holds; empty where no head of a page proves itself. */
  static Optional<AllocatorSearch.Found> find(AllocatorSearch search) {
    return new Mimalloc3(search).find();
  }

  private Optional<AllocatorSearch.Found> find() {
    readSlices();
    Map<Long, Arena> arenas = new LinkedHashMap<>();
    slices.forEach((at, words) -> {
      if (arenas.size() < MOST_ARENAS) {
        arena(at, words).ifPresent(arena -> arenas.putIfAbsent(arena.base(), arena));
      }
    });
    List<Page> best = List.of();
    Layout known = Layout.KNOWN.getFirst();
    for (Layout layout : Layout.KNOWN) {
      List<Page> pages = pages(layout, arenas);
      if (pages.size() > best.size()) {
        best = pages;
        known = layout;
      }
    }
    List<Page> pages = new ArrayList<>(best);
    pages.addAll(alone(known, arenas));
    return best.isEmpty() || search.isOver() ? Optional.empty() : Optional.of(found(pages, arenas));
  }

  private void readSlices() {
    for (Mapping mapping : search.smaps().mappings()) {
      boolean mayHold = mapping.isAnonymous() && mapping.isWritable() && !mapping.isSharedMapping()
          && mapping.range().bytes() <= MOST_BYTES;
      for (AddressRange run : mayHold ? memory.presentRuns(mapping.range()) : List.<AddressRange>of()) {
        for (long at = (run.start() + SLICE - 1) & -SLICE; at > 0 && at < run.end() && !search.isOver(); at += SLICE) {
          long[] words = new long[WORDS];
          if (memory.readOnce(at, words) && mayBeHead(words)) {
            slices.put(at, words);
          }
        }
      }
    }
  }

  /** Most slices hold blocks: of those nothing is kept. */
  private static boolean mayBeHead(long[] words) {
    if (isSlice(words[0])) {
      return true;
    }
    for (Layout layout : Layout.KNOWN) {
      if (isSlice(words[layout.origin() / Long.BYTES])) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSlice(long address) {
    return address > 0 && address % SLICE == 0;
  }

  // arenas

  /**
   * Slices side by side.
   *
   * @param head of the arena, in one of its own slices
   * @param own slices, which come first
   */
  private record Arena(long head, long base, int slices, int own) {
    AddressRange range() {
      return AddressRange.ofSize(base, slices * SLICE);
    }

    AddressRange ownRange() {
      return AddressRange.ofSize(base, own * SLICE);
    }

    long slice(long index) {
      return base + index * SLICE;
    }
  }

  private Optional<Arena> arena(long head, long[] words) {
    long base = words[0];
    long bytes = words[1];
    boolean fits = base > 0 && base % SLICE == 0 && bytes >= SMALLEST_ARENA && bytes <= MOST_ARENA_BYTES && base <= head
        && head - base < bytes && search.mappings().at(base).isPresent();
    for (int at : fits ? COUNTS_AT : List.<Integer>of()) {
      long count = words[at / Long.BYTES];
      long own = words[at / Long.BYTES + 1];
      if (count == bytes / SLICE && own > 0 && own < count && head - base < own * SLICE) {
        return Optional.of(new Arena(head, base, (int) count, (int) own));
      }
    }
    return Optional.empty();
  }

  // pages

  /** Slices that belong together, and the bytes of their blocks that are handed out. */
  private record Page(AddressRange range, long usedBytes) {}

  /**
   * Where a page's head keeps its fields.
   *
   * @param origin the arena, the number of the slice and of slices, the kind of memory; a head's last words
   * @param inGroups whether heads apart from their slices stand before every 4096 slices, instead of in the arena's own
   */
  private record Layout(int used, int capacity, int reserved, int blockBytes, int origin, boolean inGroups) {
    /** Of an arena's head: where heads of all its slices stand side by side. */
    private static final int TABLE_AT = 136;
    private static final long GROUP = 4096 * SLICE;
    private static final int ORIGIN_BYTES = 24;

    /** 3.0 to 3.3, 3.4, 3.6; blocks that are padded take two words more. */
    static final List<Layout> KNOWN = List.of(new Layout(16, 18, 20, 40, 96, false),
        new Layout(16, 18, 20, 40, 112, false), new Layout(16, 18, 20, 40, 88, false),
        new Layout(16, 18, 20, 40, 104, false), new Layout(40, 56, 58, 32, 104, true));

    /** Where the head of a slice stands if it does not stand in it. */
    long headApart(Arena arena, int slice, long table) {
      long headBytes = (long) origin + ORIGIN_BYTES;
      long at = arena.slice(slice);
      return inGroups ? (at & -GROUP) + at % GROUP / SLICE * headBytes : table + slice * headBytes;
    }

    int words() {
      return (origin + ORIGIN_BYTES) / Long.BYTES;
    }

    /** A version without a table has something else there, which no head will agree with. */
    long table(ProcessMemory memory, Arena arena) {
      return memory.u64(arena.head() + TABLE_AT).orElse(0);
    }

    /** The bytes in use; empty where the numbers do not fit each other. */
    OptionalLong usedBytes(long[] head, long room) {
      long block = head[blockBytes / Long.BYTES];
      long blocks = half(head, used);
      long committed = half(head, capacity);
      long most = half(head, reserved);
      boolean fits = block > 0 && block <= room && blocks >= 0 && blocks <= committed && committed <= most
          && block * most <= room;
      return fits ? OptionalLong.of(block * blocks) : OptionalLong.empty();
    }
  }

  private static long half(long[] words, int at) {
    return words[at / Long.BYTES] >>> (Byte.SIZE * (at % Long.BYTES)) & 0xffff;
  }

  /** Those of a layout that have blocks in use. */
  private List<Page> pages(Layout layout, Map<Long, Arena> arenas) {
    List<Page> pages = new ArrayList<>();
    for (Arena arena : arenas.values()) {
      Map<Integer, Page> bySlice = new TreeMap<>();
      slices.subMap(arena.slice(arena.own()), arena.range().end()).forEach((at, words) -> {
        int slice = (int) ((at - arena.base()) / SLICE);
        page(layout, arena, slice, words).ifPresent(page -> bySlice.put(slice, page));
      });
      bySlice.putAll(pagesWithHeadsApart(layout, arena));
      pages.addAll(bySlice.values());
    }
    return pages;
  }

  /** Most slices were never touched, and many heads stand in a page of memory: each is asked after once. */
  private Map<Integer, Page> pagesWithHeadsApart(Layout layout, Arena arena) {
    Map<Integer, Page> pages = new HashMap<>();
    long table = layout.table(memory, arena);
    long asked = -1;
    boolean isPresent = false;
    long[] words = new long[WORDS];
    for (int slice = arena.own(); slice < arena.slices() && !search.isOver(); slice++) {
      long head = layout.headApart(arena, slice, table);
      if (head / memory.pageBytes() != asked) {
        asked = head / memory.pageBytes();
        isPresent = memory.isPresent(head);
      }
      if (isPresent && memory.u64(head + layout.origin()).orElse(0) == arena.head()
          && memory.readWords(head, words, 0, layout.words())) {
        int one = slice;
        page(layout, arena, slice, words).ifPresent(page -> pages.put(one, page));
      }
    }
    return pages;
  }

  private Optional<Page> page(Layout layout, Arena arena, int slice, long[] head) {
    long named = head[layout.origin() / Long.BYTES];
    long place = head[layout.origin() / Long.BYTES + 1];
    long index = place & 0xffffffffL;
    long count = place >>> Integer.SIZE;
    if (named != arena.head() || index != slice || count == 0 || slice + count > arena.slices()) {
      return Optional.empty();
    }
    return page(layout, head, AddressRange.ofSize(arena.slice(slice), count * SLICE));
  }

  private static Optional<Page> page(Layout layout, long[] head, AddressRange range) {
    OptionalLong used = layout.usedBytes(head, range.bytes());
    return used.isPresent() && used.getAsLong() > 0 ? Optional.of(new Page(range, used.getAsLong())) : Optional.empty();
  }

  /** Pages that are no slices of an arena: blocks that are too large for one. */
  private List<Page> alone(Layout layout, Map<Long, Arena> arenas) {
    List<Page> pages = new ArrayList<>();
    int origin = layout.origin() / Long.BYTES;
    slices.forEach((at, words) -> {
      boolean isAlone = words[origin] == at
          && arenas.values().stream().noneMatch(arena -> arena.range().contains(at));
      long bytes = isAlone ? words[origin + 1] : 0;
      int kind = (int) (words[origin + 2] & 0xff);
      if (bytes >= SLICE && bytes <= MOST_BYTES && bytes % memory.pageBytes() == 0 && kind >= FROM_THE_KERNEL
          && kind <= FROM_THE_KERNEL_LAST) {
        page(layout, words, AddressRange.ofSize(at, bytes)).ifPresent(pages::add);
      }
    });
    return pages;
  }

  /** What no page of an arena has is free, and its own slices are tables. */
  private AllocatorSearch.Found found(List<Page> pages, Map<Long, Arena> arenas) {
    Blocks blocks = new Blocks(memory);
    pages.forEach(page -> blocks.add(page.range(), page.usedBytes()));
    List<AddressRange> tables = new ArrayList<>();
    for (Arena arena : arenas.values()) {
      tables.add(arena.ownRange());
      for (AddressRange run : memory
          .presentRuns(new AddressRange(arena.ownRange().end(), arena.range().end()))) {
        for (long at = run.start() & -SLICE; at < run.end(); at += SLICE) {
          blocks.add(AddressRange.ofSize(at, SLICE), 0);
        }
      }
    }
    return new AllocatorSearch.Found("mimalloc", blocks.regions(), tables);
  }
}
