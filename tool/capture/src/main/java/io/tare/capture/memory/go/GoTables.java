package io.tare.capture.memory.go;

import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.go.GoVariables.PagePointer;
import io.tare.model.AddressRange;
import io.tare.model.alloc.RuntimeFacts.NamedRange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The memory that the runtime's own tables take beside the heap, named after the counter of {@code runtime.MemStats} that they are in.
 * Roots without a name are taken from the variables, and voted for by what they point to.
 */
final class GoTables {
  /** Small things that live as long as the program, from one pool of blocks; only the counters say what. */
  static final String PERSISTENT = "persistent";

  private static final String GC = "GCSys";
  private static final String OTHER = "OtherSys";
  private static final String BUCKETS = "BuckHashSys";

  private static final long PERSISTENT_BYTES = 256 << 10;
  private static final int MOST_BLOCKS = 1 << 16;
  private static final long MARK_BYTES = 64 << 10;
  private static final long HASH_BYTES = 179_999L * Long.BYTES;
  private static final long ARENA_BYTES = 64L << 20;
  private static final long INDEX_BYTES = (1L << 22) * Long.BYTES;
  private static final int ARENAS_SEARCHED = 400;
  /** Go 1.19's descriptions of an arena begin with its bitmap of pointers. */
  private static final long DESCRIPTION_BYTES = 69_648;
  private static final long DESCRIPTION_WITH_BITMAP_BYTES = 2_165_776;
  private static final int NEIGHBOURS = 32;

  private final ProcessMemory memory;
  private final GoVariables variables;
  private final PageAllocator pages;
  private final boolean old;
  private final List<NamedRange> found = new ArrayList<>();

  private GoTables(GoVariables variables, PageAllocator pages, boolean old) {
    this.memory = variables.memory();
    this.variables = variables;
    this.pages = pages;
    this.old = old;
  }

  /**
   * All that can be found.
   *
   * @param old whether the program was built by Go 1.20 or earlier
   */
  static List<NamedRange> find(GoVariables variables, PageAllocator pages, Optional<Spans> spans, boolean old) {
    GoTables tables = new GoTables(variables, pages, old);
    pages.summaries(memory(variables)).forEach(range -> tables.add(GC, range));
    pages.bitmaps(memory(variables)).forEach(range -> tables.add(GC, range));
    pages.scavengeIndex(memory(variables), old ? 1 : Long.BYTES).ifPresent(range -> tables.add(GC, range));
    spans.ifPresent(tables::ofSpans);
    return tables.found;
  }

  private static ProcessMemory memory(GoVariables variables) {
    return variables.memory();
  }

  private void add(String name, AddressRange range) {
    found.add(new NamedRange(name, range));
  }

  private void ofSpans(Spans spans) {
    add(OTHER, spans.table());
    arenaIndex(spans);
    List<PagePointer> pointers = variables.pagePointers();
    NavigableSet<Long> persistent = persistentBlocks(pointers, spans);
    persistent.forEach(block -> add(PERSISTENT, AddressRange.ofSize(block, PERSISTENT_BYTES)));
    markBits(pointers, spans).forEach(block -> add(GC, AddressRange.ofSize(block, MARK_BYTES)));
    profileHash(pointers, persistent).ifPresent(range -> add(BUCKETS, range));
  }

  // the index of arenas, and a description for each

  private void arenaIndex(Spans spans) {
    long from = spans.address() + 3L * Long.BYTES;
    for (long at = from; at < from + ARENAS_SEARCHED; at += Long.BYTES) {
      long index = memory.u64(at).orElse(0);
      Set<Long> descriptions = variables.isPageOfProgram(index) ? descriptions(index) : Set.of();
      if (!descriptions.isEmpty()) {
        add(GC, AddressRange.ofSize(index, INDEX_BYTES));
        descriptions.forEach(address -> add(GC,
            AddressRange.ofSize(address, old ? DESCRIPTION_WITH_BITMAP_BYTES : DESCRIPTION_BYTES)));
        return;
      }
    }
  }

  /** Empty unless the index has a page for each arena. */
  private Set<Long> descriptions(long index) {
    Set<Long> descriptions = new LinkedHashSet<>();
    for (AddressRange arena : pages.arenas()) {
      for (long at = arena.start() & -ARENA_BYTES; at < arena.end(); at += ARENA_BYTES) {
        long description = memory.u64(index + (at - pages.baseOffset()) / ARENA_BYTES * Long.BYTES).orElse(0);
        if (!variables.isPageOfProgram(description)) {
          return Set.of();
        }
        descriptions.add(description);
      }
    }
    return descriptions;
  }

  // blocks of small things: the spans' descriptions lie in them

  private NavigableSet<Long> persistentBlocks(List<PagePointer> pointers, Spans spans) {
    NavigableSet<Long> best = new TreeSet<>();
    long most = spans.samples().size() / 2;
    Set<Long> tried = new HashSet<>();
    for (PagePointer pointer : pointers) {
      if (tried.add(pointer.target())) {
        NavigableSet<Long> chain = chain(pointer.target(), 0);
        long holding = spans.samples().stream().filter(span -> isIn(chain, span)).count();
        if (holding > most) {
          most = holding;
          best = chain;
        }
      }
    }
    return best;
  }

  /** Blocks that are chained by a word at this offset; empty when the chain leads astray. */
  private NavigableSet<Long> chain(long first, int nextAt) {
    NavigableSet<Long> chain = new TreeSet<>();
    long at = first;
    while (at != 0) {
      if (!variables.isPageOfProgram(at) || !chain.add(at) || chain.size() > MOST_BLOCKS) {
        return new TreeSet<>();
      }
      at = memory.u64(at + nextAt).orElse(-1);
    }
    return chain;
  }

  private static boolean isIn(NavigableSet<Long> blocks, long address) {
    Long block = blocks.floor(address);
    return block != null && address - block < PERSISTENT_BYTES;
  }

  // mark bits: blocks that begin with how much of them is given out, then the next block

  private Set<Long> markBits(List<PagePointer> pointers, Spans spans) {
    Set<Long> blocks = new LinkedHashSet<>();
    List<Long> roots = new ArrayList<>();
    for (PagePointer pointer : pointers) {
      Set<Long> chain = markChain(pointer.target());
      if (chain.stream().anyMatch(block -> holdsBitsOf(spans, block))) {
        blocks.addAll(chain);
        roots.add(pointer.variable());
      }
    }
    // The blocks that wait for use belong to no span; their root stands beside the others.
    for (PagePointer pointer : pointers) {
      if (roots.stream().anyMatch(root -> Math.abs(root - pointer.variable()) <= NEIGHBOURS)) {
        blocks.addAll(markChain(pointer.target()));
      }
    }
    return blocks;
  }

  private Set<Long> markChain(long first) {
    Set<Long> chain = memory.u64(first).orElse(-1) > MARK_BYTES ? Set.of() : chain(first, Long.BYTES);
    return chain.stream().allMatch(block -> Long.compareUnsigned(memory.u64(block).orElse(-1), MARK_BYTES) <= 0)
        ? chain
        : Set.of();
  }

  private boolean holdsBitsOf(Spans spans, long block) {
    for (long page = block; page < block + MARK_BYTES; page += memory.pageBytes()) {
      if (spans.markBits().contains(page)) {
        return true;
      }
    }
    return false;
  }

  // the profile's hash table: all of its words point into the persistent blocks

  private Optional<AddressRange> profileHash(List<PagePointer> pointers, NavigableSet<Long> persistent) {
    return pointers.stream().map(PagePointer::target).distinct()
        .filter(target -> found.stream().noneMatch(known -> known.range().contains(target)))
        .map(target -> AddressRange.ofSize(target, HASH_BYTES))
        .filter(range -> variables.isPageOfProgram(range.end() - 1 & -memory.pageBytes()))
        .filter(range -> isHash(range, persistent)).findFirst();
  }

  private boolean isHash(AddressRange range, NavigableSet<Long> persistent) {
    int pointers = 0;
    for (AddressRange run : memory.presentRuns(range)) {
      Optional<ByteBuffer> words = memory.read(run.start(), (int) run.bytes()).map(ProcessMemory::inOrder);
      for (int at = 0; words.isPresent() && at + Long.BYTES <= run.bytes(); at += Long.BYTES) {
        long word = words.get().getLong(at);
        if (word != 0 && !isIn(persistent, word)) {
          return false;
        }
        pointers += word != 0 ? 1 : 0;
      }
    }
    return pointers > 0;
  }
}
