package io.tare.capture.memory.allocators;

import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.Variables;
import io.tare.capture.memory.Variables.Pointer;
import io.tare.model.AddressRange;
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
 * jemalloc 5 without symbols. The root of its radix tree lies among the variables, and leads by an address's highest bits to a leaf
 * that has an element for each page, which names the extent that holds the page. An extent says its address itself: enough of them
 * that agree prove the tree.
 */
final class Jemalloc {
  private static final int PAGE_BITS = 12;
  private static final int PAGE_BYTES = 1 << PAGE_BITS;
  private static final int MOST_SAMPLES = 64;
  private static final int FEWEST_VOTES = 4;
  private static final int MOST_EXTENTS = 1 << 22;

  private final AllocatorSearch search;
  private final ProcessMemory memory;
  private final Set<Long> extents = new HashSet<>();
  private final List<Long> metadata = new ArrayList<>();
  private final List<Large> large = new ArrayList<>();

  private Jemalloc(AllocatorSearch search) {
    this.search = search;
    this.memory = search.memory();
  }

  /** What it holds; empty when these variables hold no tree. */
  static Optional<AllocatorSearch.Found> find(AllocatorSearch search, Variables variables) {
    return new Jemalloc(search).find(variables);
  }

  private Optional<AllocatorSearch.Found> find(Variables variables) {
    List<Pointer> branches = variables.pointers(search.mappings(), 64);
    for (TreeShape shape : TreeShape.values()) {
      Map<Long, Integer> votes = new HashMap<>();
      branches.stream().filter(branch -> search.hasRoom(branch.target(), shape.branches))
          .forEach(branch -> vote(branch, shape).ifPresent(root -> votes.merge(root, 1, Integer::sum)));
      Optional<Long> root = votes.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
      for (ExtentLayout layout : root.isEmpty() ? List.<ExtentLayout>of() : ExtentLayout.KNOWN) {
        Optional<AllocatorSearch.Found> found = read(root.get(), branches, shape, layout);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /** Where the root lies if this is one of its branches: as most of its extents' addresses say. */
  private OptionalLong vote(Pointer branch, TreeShape shape) {
    Map<Long, Integer> roots = new HashMap<>();
    int[] samples = {0};
    eachElement(branch.target(), shape, element -> {
      OptionalLong address = memory.u64(element.extent() + 8);
      long page = address.orElse(0) >>> PAGE_BITS;
      if (page >>> shape.pageBits > 0 && (page & ((1L << shape.pageBits) - 1)) == element.page()) {
        roots.merge(branch.at() - Long.BYTES * (page >>> shape.pageBits), 1, Integer::sum);
      }
      return ++samples[0] < MOST_SAMPLES;
    });
    return roots.entrySet().stream().filter(vote -> vote.getValue() >= Math.min(FEWEST_VOTES, samples[0]))
        .max(Map.Entry.comparingByValue()).map(vote -> OptionalLong.of(vote.getKey())).orElse(OptionalLong.empty());
  }

  private Optional<AllocatorSearch.Found> read(long root, List<Pointer> branches, TreeShape shape,
      ExtentLayout layout) {
    Blocks blocks = new Blocks(memory);
    extents.clear();
    metadata.clear();
    large.clear();
    long[] proof = {0, 0};
    for (Pointer branch : branches) {
      long high = (branch.at() - root) / Long.BYTES;
      if (high > 0 && high < shape.branches) {
        metadata.add(branch.target());
        eachElement(branch.target(), shape, element -> {
          long page = (high << shape.pageBits) + element.page();
          if (memory.u64(element.extent() + 8).orElse(0) >>> PAGE_BITS == page && extents.add(element.extent())) {
            proof[add(layout, element, blocks) ? 0 : 1]++;
          }
          return extents.size() < MOST_EXTENTS && !search.isOver();
        });
      }
    }
    addLarge(blocks);
    boolean proven = proof[0] >= FEWEST_VOTES && proof[1] * 100 <= proof[0];
    return proven && !search.isOver()
        ? Optional.of(new AllocatorSearch.Found("jemalloc", blocks.regions(), tables()))
        : Optional.empty();
  }

  /** Counts an extent; false when the tree and the extent don't say the same of it. */
  private boolean add(ExtentLayout layout, Element element, Blocks blocks) {
    long extent = element.extent();
    long bits = memory.u64(extent).orElse(-1);
    long address = memory.u64(extent + 8).orElse(0);
    long bytes = memory.u64(extent + 16).orElse(0) & -PAGE_BYTES;
    if (bits < 0 || bytes <= 0 || bytes > 1L << 46) {
      return false;
    }
    AddressRange range = AddressRange.ofSize(address & -PAGE_BYTES, bytes);
    if (layout.state(bits) != ExtentLayout.ACTIVE) {
      blocks.add(range, 0);
      return layout.state(bits) <= ExtentLayout.RETAINED;
    }
    int sizeClass = layout.sizeClass(bits);
    boolean slab = layout.isSlab(bits);
    if (sizeClass != element.sizeClass() || slab != element.slab() || (sizeClass == 0 && !slab)
        || sizeClass >= SizeClasses.COUNT) {
      return false;
    }
    long size = SizeClasses.BYTES[sizeClass];
    if (slab) {
      long regions = bytes / size;
      blocks.add(range, Math.max(0, regions - layout.freeRegions(bits)) * size);
      return layout.freeRegions(bits) <= regions;
    }
    large.add(new Large(range, size));
    return bytes > SizeClasses.BYTES[sizeClass - 1] && bytes <= size + PAGE_BYTES;
  }

  /**
   * An extent of one block.
   *
   * @param classBytes the most that its class of size holds; newer versions don't round up to it
   */
  private record Large(AddressRange range, long classBytes) {}

  /** Unless it was built otherwise, each large extent has one page more, so that its block need not begin with a page. */
  private void addLarge(Blocks blocks) {
    long more = large.stream().anyMatch(one -> one.range().bytes() > one.classBytes()) ? PAGE_BYTES : 0;
    large.forEach(one -> blocks.add(one.range(), Math.min(one.classBytes(), one.range().bytes() - more)));
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

  /**
   * How far apart the tree's levels are. Of 48 bits of address two levels of 18 each stay beside the page's 12, and a leaf's element is
   * one word, with the class of size in its highest bits. Built where addresses have 57 bits, it has three of 15 and two words.
   *
   * <p>{@code pageBits} are those of a page's number that a branch of the root resolves; what the root points to has as many words as
   * it.
   */
  private enum TreeShape {
    TWO_LEVELS(18, 1 << 18), THREE_LEVELS(30, 1 << 15);

    private final int pageBits;
    private final int branches;

    TreeShape(int pageBits, int branches) {
      this.pageBits = pageBits;
      this.branches = branches;
    }
  }

  /**
   * What the tree says of one page.
   *
   * @param page its number's lower bits
   */
  private record Element(long page, long extent, int sizeClass, boolean slab) {
    static Element ofWord(long page, long word) {
      return new Element(page, ((word << 16) >> 16) & ~63L, (int) (word >>> 48), (word & 1) != 0);
    }
  }

  /** Takes elements; false ends the walk. */
  private interface ElementVisitor {
    boolean visit(Element element);
  }

  /** The elements below a branch of the root that name an extent. */
  private void eachElement(long branch, TreeShape shape, ElementVisitor visitor) {
    if (shape == TreeShape.TWO_LEVELS) {
      search.eachWord(branch, 1 << 18, (page, word) -> visitor.visit(Element.ofWord(page, word)));
      return;
    }
    search.eachWord(branch, 1 << 15, (high, leaf) -> (leaf % 64 != 0 || !search.mappings().covers(leaf))
        || search.eachWord(leaf, 1 << 16, (index, extent) -> {
          if (index % 2 != 0 || extent % 64 != 0) {
            return true;
          }
          int more = (int) memory.u64(leaf + (index + 1) * Long.BYTES).orElse(0);
          return visitor.visit(new Element((high << 15) + index / 2, extent, (more >>> 5) & 0xff, (more & 1) != 0));
        }));
  }

  /** Where the bits of an extent stand: since 5.3, and since 5.1. */
  private record ExtentLayout(int stateAt, int stateBits, int classAt, int freeAt) {
    static final List<ExtentLayout> KNOWN = List.of(new ExtentLayout(17, 3, 20, 28), new ExtentLayout(16, 2, 18, 26));
    static final int ACTIVE = 0;
    static final int RETAINED = 3;

    int state(long bits) {
      return (int) ((bits >>> stateAt) & ((1L << stateBits) - 1));
    }

    boolean isSlab(long bits) {
      return ((bits >>> 12) & 1) != 0;
    }

    int sizeClass(long bits) {
      return (int) ((bits >>> classAt) & 0xff);
    }

    long freeRegions(long bits) {
      return (bits >>> freeAt) & 0x3ff;
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
