package io.tare.capture.memory.allocators;

import io.tare.capture.memory.ProcessMemory;
import io.tare.model.AddressRange;
import io.tare.model.proc.Mapping;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * musl's own malloc, since 1.2.1: blocks lie in groups of up to 32 slots of one size. A page of descriptions, away from the blocks, says of
 * each group where it is, which slots are free and how large they are; each group points back to its description, which is the proof. A small
 * group lies in a slot of a larger one. In use is a slot as a whole, with what rounding up took.
 */
final class Musl {
  private static final int PAGE = 4096;
  private static final int UNIT = 16;
  private static final int FIRST_DESCRIPTION = 24;
  private static final int DESCRIPTION_BYTES = 40;
  private static final int DESCRIPTIONS = (PAGE - FIRST_DESCRIPTION) / DESCRIPTION_BYTES;
  /** Larger than any class: a block with a mapping of its own. */
  private static final int OWN_MAPPING = 63;
  private static final int MOST_PAGES = 1 << 16;
  /** Pages of descriptions lie in the heap segment; where that can't grow, in small mappings of their own. */
  private static final long MOST_SEARCHED_OF_OTHERS = 64L * PAGE;
  private static final int[] CLASS_UNITS = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 18, 20, 25, 31, 36, 42, 50, 63, 72, 84, 102,
      127, 146, 170, 204, 255, 292, 340, 409, 511, 584, 682, 818, 1023, 1169, 1364, 1637, 2047, 2340, 2730, 3276, 4095, 4680,
      5460, 6552, 8191};

  private final AllocatorSearch search;
  private final ProcessMemory memory;

  private Musl(AllocatorSearch search) {
    this.search = search;
    this.memory = search.memory();
  }

  /** What it holds; empty where no group points back to its description. */
  static Optional<AllocatorSearch.Found> find(AllocatorSearch search) {
    return new Musl(search).find();
  }

  private Optional<AllocatorSearch.Found> find() {
    Set<Long> pages = pages();
    List<Group> groups = new ArrayList<>();
    int refuted = 0;
    for (long page : pages) {
      for (int i = 0; i < DESCRIPTIONS; i++) {
        long description = page + FIRST_DESCRIPTION + (long) i * DESCRIPTION_BYTES;
        long group = memory.u64(description + 16).orElse(0);
        if (group != 0) {
          boolean pointsBack = memory.u64(group).orElse(0) == description;
          Optional<Group> read = pointsBack ? read(description, group) : Optional.empty();
          read.ifPresent(groups::add);
          refuted += read.isEmpty() ? 1 : 0;
        }
      }
    }
    boolean proved = !groups.isEmpty() && refuted <= groups.size() / DESCRIPTIONS && !search.isOver();
    return proved ? Optional.of(found(groups, pages)) : Optional.empty();
  }

  // where groups are described

  /** Candidates, and the pages that each names as its next. */
  private Set<Long> pages() {
    Set<Long> pages = new LinkedHashSet<>();
    Deque<Long> open = new ArrayDeque<>();
    for (Mapping mapping : search.smaps().mappings()) {
      boolean mayHold = mapping.isWritable() && !mapping.isSharedMapping() && (mapping.name().equals("[heap]")
          || mapping.isAnonymous() && mapping.range().bytes() <= MOST_SEARCHED_OF_OTHERS);
      for (AddressRange run : mayHold ? memory.presentRuns(mapping.range()) : List.<AddressRange>of()) {
        // Such pages stand one after the other; another library's heap is not searched beyond its first page.
        for (long at = run.start(); at < run.end() && open.size() < MOST_PAGES && isPage(at); at += PAGE) {
          open.add(at);
        }
      }
    }
    while (!open.isEmpty() && pages.size() < MOST_PAGES) {
      long page = open.remove();
      if (pages.add(page)) {
        long next = memory.u64(page + 8).orElse(0);
        if (next != 0 && isPage(next)) {
          open.add(next);
        }
      }
    }
    return pages;
  }

  private boolean isPage(long at) {
    return memory.u32(at + 16).orElse(0) == DESCRIPTIONS && memory.u64(at + 8).orElse(1) % PAGE == 0
        && memory.u64(at).orElse(0) != 0;
  }

  // groups

  /**
   * A group of slots.
   *
   * @param mappedBytes of its own mapping; zero where it lies in another's slot
   */
  private record Group(long start, long mappedBytes, long slotBytes, int slots, int used) {
    long usedBytes() {
      return slotBytes * used;
    }

    /** What it takes of the slot that it lies in. */
    long bytes() {
      return UNIT + slotBytes * slots;
    }
  }

  private Optional<Group> read(long description, long start) {
    int free = (int) (memory.u32(description + 24).orElse(0) | memory.u32(description + 28).orElse(0));
    long word = memory.u64(description + 32).orElse(-1);
    int last = (int) (word & 31);
    int sizeClass = (int) (word >>> 6 & 63);
    long mapped = (word >>> 12) * PAGE;
    boolean isAlone = last == 0 && mapped > 0;
    if (start % UNIT != 0 || !isAlone && sizeClass >= CLASS_UNITS.length || sizeClass == OWN_MAPPING && !isAlone) {
      return Optional.empty();
    }
    long slot = isAlone ? mapped - UNIT : (long) UNIT * CLASS_UNITS[sizeClass];
    int used = last + 1 - Integer.bitCount(free & (int) ((2L << last) - 1));
    Group group = new Group(start, mapped, slot, last + 1, used);
    boolean fits = mapped == 0 || mapped > 0 && start % PAGE == 0 && group.bytes() <= mapped;
    return fits ? Optional.of(group) : Optional.empty();
  }

  /** Groups in slots are told with the mapped one around them: of their slot only what they hand out is in use. */
  private AllocatorSearch.Found found(List<Group> groups, Set<Long> pages) {
    TreeMap<Long, Group> mapped = new TreeMap<>();
    Map<Long, Long> used = new LinkedHashMap<>();
    groups.stream().filter(group -> group.mappedBytes() > 0).forEach(group -> {
      mapped.put(group.start(), group);
      used.put(group.start(), group.usedBytes());
    });
    for (Group group : groups) {
      Map.Entry<Long, Group> around = mapped.floorEntry(group.start());
      boolean isWithin = group.mappedBytes() == 0 && around != null
          && group.start() < around.getKey() + around.getValue().mappedBytes();
      if (isWithin) {
        used.merge(around.getKey(), group.usedBytes() - group.bytes(), Long::sum);
      }
    }
    Blocks blocks = new Blocks(memory);
    mapped.forEach((start, group) -> blocks.add(AddressRange.ofSize(start, group.mappedBytes()),
        Math.max(0, used.getOrDefault(start, 0L))));
    List<AddressRange> tables = pages.stream().map(page -> AddressRange.ofSize(page, PAGE)).toList();
    return new AllocatorSearch.Found("musl", blocks.regions(), tables);
  }
}
