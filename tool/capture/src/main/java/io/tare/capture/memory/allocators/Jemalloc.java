package io.tare.capture.memory.allocators;

import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.Variables;
import io.tare.capture.memory.Variables.Pointer;
import io.tare.model.AddressRange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * jemalloc 5 without symbols. Its radix tree has a root of 2¹⁸ words among the variables; the word at {@code root + 8 (address >> 30)}
 * points to a leaf of 2¹⁸ words, one a page, and each names the extent that holds the page. An extent says its address itself: enough
 * of them that agree prove the tree.
 */
final class Jemalloc {
  private static final int LEAF_BITS = 18;
  private static final int PAGE_BITS = 12;
  private static final long LEAF_BYTES = 8L << LEAF_BITS;
  private static final long LEAF_MASK = (1L << LEAF_BITS) - 1;
  private static final int MOST_SAMPLES = 64;
  private static final int FEWEST_VOTES = 4;
  private static final int MOST_EXTENTS = 1 << 22;

  private final AllocatorSearch search;
  private final ProcessMemory memory;
  private final Set<Long> extents = new HashSet<>();
  private final List<Long> metadata = new ArrayList<>();

  private Jemalloc(AllocatorSearch search) {
    this.search = search;
    this.memory = search.memory();
  }

  /** What it holds; empty when these variables hold no tree. */
  static Optional<AllocatorSearch.Found> find(AllocatorSearch search, Variables variables) {
    return new Jemalloc(search).find(variables);
  }

  private Optional<AllocatorSearch.Found> find(Variables variables) {
    List<Pointer> leaves = variables.pointers(search.mappings(), 64);
    Map<Long, Integer> votes = new HashMap<>();
    leaves.forEach(leaf -> vote(leaf).ifPresent(root -> votes.merge(root, 1, Integer::sum)));
    Optional<Long> root = votes.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    if (root.isEmpty()) {
      return Optional.empty();
    }
    for (ExtentLayout layout : ExtentLayout.KNOWN) {
      Optional<AllocatorSearch.Found> found = read(root.get(), leaves, layout);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Where the root lies if this is a leaf: as most of its extents' addresses say. */
  private OptionalLong vote(Pointer leaf) {
    Map<Long, Integer> roots = new HashMap<>();
    int[] samples = {0};
    eachWord(leaf.target(), (index, word) -> {
      if (samples[0]++ < MOST_SAMPLES) {
        OptionalLong address = memory.u64(extent(word) + 8);
        if (address.isPresent() && address.getAsLong() >>> PAGE_BITS + LEAF_BITS > 0
            && (address.getAsLong() >>> PAGE_BITS & LEAF_MASK) == index) {
          roots.merge(leaf.at() - 8 * (address.getAsLong() >>> PAGE_BITS + LEAF_BITS), 1, Integer::sum);
        }
      }
      return samples[0] < MOST_SAMPLES;
    });
    return roots.entrySet().stream().filter(vote -> vote.getValue() >= Math.min(FEWEST_VOTES, samples[0]))
        .max(Map.Entry.comparingByValue()).map(vote -> OptionalLong.of(vote.getKey())).orElse(OptionalLong.empty());
  }

  private Optional<AllocatorSearch.Found> read(long root, List<Pointer> leaves, ExtentLayout layout) {
    Blocks blocks = new Blocks(memory);
    extents.clear();
    metadata.clear();
    long[] proof = {0, 0};
    for (Pointer leaf : leaves) {
      long high = (leaf.at() - root) / Long.BYTES;
      if (high > 0 && high <= LEAF_MASK) {
        metadata.add(leaf.target());
        eachWord(leaf.target(), (index, word) -> {
          long page = (high << LEAF_BITS) + index;
          if (memory.u64(extent(word) + 8).orElse(0) >>> PAGE_BITS == page && extents.add(extent(word))) {
            proof[add(layout, word, blocks) ? 0 : 1]++;
          }
          return extents.size() < MOST_EXTENTS && !search.isOver();
        });
      }
    }
    boolean proven = proof[0] >= FEWEST_VOTES && proof[1] * 100 <= proof[0];
    return proven && !search.isOver()
        ? Optional.of(new AllocatorSearch.Found("jemalloc", blocks.regions(), tables()))
        : Optional.empty();
  }

  /** Counts an extent; false when the tree and the extent don't say the same of it. */
  private boolean add(ExtentLayout layout, long word, Blocks blocks) {
    long extent = extent(word);
    long bits = memory.u64(extent).orElse(-1);
    long address = memory.u64(extent + 8).orElse(0);
    long bytes = memory.u64(extent + 16).orElse(0) & -4096;
    if (bits < 0 || bytes <= 0 || bytes > 1L << 46) {
      return false;
    }
    AddressRange range = AddressRange.ofSize(address & -4096, bytes);
    if (layout.state(bits) != ExtentLayout.ACTIVE) {
      blocks.add(range, 0);
      return layout.state(bits) <= ExtentLayout.RETAINED;
    }
    int sizeClass = layout.sizeClass(bits);
    boolean slab = layout.isSlab(bits);
    if (sizeClass != (int) (word >>> 48) || slab != ((word & 1) != 0) || sizeClass >= SizeClasses.COUNT) {
      return false;
    }
    long size = SizeClasses.BYTES[sizeClass];
    long regions = bytes / size;
    // A large extent has one page more, so that its block need not begin with a page.
    boolean fits = slab ? layout.freeRegions(bits) <= regions : size <= bytes && bytes <= size + 4096;
    if (fits) {
      blocks.add(range, slab ? (regions - layout.freeRegions(bits)) * size : size);
    }
    return fits;
  }

  /** The blocks that hold the extents and the tree: each begins with its size, and they are linked. */
  private List<AddressRange> tables() {
    TreeMap<Long, AddressRange> found = new TreeMap<>();
    metadata.addAll(extents);
    for (long place : metadata) {
      Map.Entry<Long, AddressRange> before = found.floorEntry(place);
      if (before == null || !before.getValue().contains(place)) {
        block(place).ifPresent(block -> found.put(block.start(), block));
      }
    }
    return List.copyOf(found.values());
  }

  /** {@code size, next block, then an extent that describes the rest}; at a multiple of 2 MB. */
  private Optional<AddressRange> block(long place) {
    long alignment = 2L << 20;
    for (long at = place & -alignment; at > 0 && place - at < 64 * alignment; at -= alignment) {
      long bytes = memory.u64(at).orElse(0);
      long rest = memory.u64(at + 24).orElse(0);
      if (bytes >= alignment && bytes % alignment == 0 && bytes <= 1L << 40 && place < at + bytes && rest > at
          && rest <= at + bytes) {
        return Optional.of(AddressRange.ofSize(at, bytes));
      }
    }
    return Optional.empty();
  }

  private static long extent(long word) {
    return (word << 16 >> 16) & ~63L;
  }

  /** A leaf's word that is not zero; false ends the walk. */
  private interface WordVisitor {
    boolean visit(long index, long word);
  }

  private void eachWord(long leaf, WordVisitor visitor) {
    for (AddressRange run : memory.presentRuns(AddressRange.ofSize(leaf, LEAF_BYTES))) {
      Optional<byte[]> bytes = memory.read(run.start(), (int) run.bytes());
      if (bytes.isEmpty()) {
        continue;
      }
      ByteBuffer words = ProcessMemory.inOrder(bytes.get());
      while (words.remaining() >= Long.BYTES) {
        long index = (run.start() + words.position() - leaf) / Long.BYTES;
        long word = words.getLong();
        if (word != 0 && !visitor.visit(index, word)) {
          return;
        }
      }
    }
  }

  /** Where the bits of an extent stand: since 5.3, and since 5.1. */
  private record ExtentLayout(int stateAt, int stateBits, int classAt, int freeAt) {
    static final List<ExtentLayout> KNOWN = List.of(new ExtentLayout(17, 3, 20, 28), new ExtentLayout(16, 2, 18, 26));
    static final int ACTIVE = 0;
    static final int RETAINED = 3;

    int state(long bits) {
      return (int) (bits >>> stateAt & (1 << stateBits) - 1);
    }

    boolean isSlab(long bits) {
      return (bits >>> 12 & 1) != 0;
    }

    int sizeClass(long bits) {
      return (int) (bits >>> classAt & 0xff);
    }

    long freeRegions(long bits) {
      return bits >>> freeAt & 0x3ff;
    }
  }

  /** 8, four steps of 16, then four steps a doubling. */
  private static final class SizeClasses {
    static final int COUNT = 232;
    static final long[] BYTES = new long[COUNT];

    static {
      int at = 0;
      BYTES[at++] = 8;
      for (int i = 1; i <= 4; i++) {
        BYTES[at++] = 16L * i;
      }
      for (long base = 64; at < COUNT; base *= 2) {
        for (int i = 1; i <= 4 && at < COUNT; i++) {
          BYTES[at++] = base + base / 4 * i;
        }
      }
    }
  }
}
