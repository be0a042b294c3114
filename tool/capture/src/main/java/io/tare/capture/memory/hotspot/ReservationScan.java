package io.tare.capture.memory.hotspot;

import io.tare.capture.memory.ProcessMemory;
import io.tare.model.AddressRange;
import io.tare.model.jvm.JvmRegion.Purpose;
import io.tare.model.proc.Mapping;
import java.nio.LongBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks in the collector's own objects for address ranges: a page-aligned pointer into anonymous memory that nobody owns, and
 * beside it the end of the range, or its size in bytes, words or chunks of a mark stack. Objects that these objects point to are looked at too.
 *
 * <p>malloc hardly ever returns a page-aligned address, and its arenas are left out: what remains are reservations.
 */
final class ReservationScan {
  private static final int CHILD_BYTES = 512;
  private static final int MOST_DEPTH = 2;
  private static final int MOST_OBJECTS = 3_000;
  private static final int NEIGHBOURS = 3;
  private static final long MOST_BYTES = 1L << 40;
  private static final long MARK_CHUNK_BYTES = 8192;
  private static final long ARENA_BYTES = 64L << 20;

  private final Vm vm;
  private final Layout layout;
  private final Owned owned;
  private final Set<Long> seen = new HashSet<>();
  private final Set<AddressRange> found = new LinkedHashSet<>();
  private final Set<Long> stackSizes;
  private final long page;
  private final long stackBaseAt;

  ReservationScan(Vm vm, Layout layout) {
    this.vm = vm;
    this.layout = layout;
    this.owned = new Owned(layout);
    this.page = vm.memory().pageBytes();
    this.stackBaseAt = vm.tables().field("Thread._stack_base", "JavaThread._stack_base").map(StructTables.Field::offset)
        .orElse(-1L);
    this.stackSizes = Sizes.ofStacks(layout);
  }

  /** An object to begin with. */
  record Root(long address, int bytes) {}

  private record Visit(long address, int bytes, int depth) {}

  /** Adds the ranges that are found from these objects; of ranges that overlap the largest. */
  void from(List<Root> roots) {
    Deque<Visit> open = new ArrayDeque<>();
    roots.forEach(root -> open.add(new Visit(root.address(), root.bytes(), 0)));
    while (!open.isEmpty() && seen.size() < MOST_OBJECTS && !vm.memory().budgetExceeded()) {
      Visit visit = open.removeFirst();
      if (seen.add(visit.address())) {
        open.addAll(look(visit));
      }
    }
    found.stream().sorted(Comparator.comparingLong(AddressRange::bytes).reversed()).forEach(range -> {
      if (!owned.touches(range.start(), range.end())) {
        layout.region(Purpose.GC, Sizes.nameOf(layout, range.bytes()), range.start(), range.end());
        owned.renew(layout);
      }
    });
  }

  /** Notes the ranges in an object, and gives the objects that it points to. */
  private List<Visit> look(Visit visit) {
    Optional<byte[]> bytes = readable(visit);
    List<Visit> children = new ArrayList<>();
    if (bytes.isPresent()) {
      LongBuffer words = ProcessMemory.inOrder(bytes.get()).asLongBuffer();
      for (int i = 0; i < words.limit(); i++) {
        long word = words.get(i);
        if (isReservation(word) && 8L * i != stackBaseAt) {
          note(word, words, i);
        } else if (visit.depth() < MOST_DEPTH && isObject(word)) {
          children.add(new Visit(word, CHILD_BYTES, visit.depth() + 1));
        }
      }
    }
    return children;
  }

  /** An object may end before the next page, which may be absent. */
  private Optional<byte[]> readable(Visit visit) {
    Optional<byte[]> whole = vm.memory().read(visit.address(), visit.bytes() & -8);
    long untilPageEnd = page - (visit.address() & (page - 1)) & -8;
    return whole.isPresent() || untilPageEnd >= visit.bytes()
        ? whole
        : vm.memory().read(visit.address(), (int) untilPageEnd);
  }

  private boolean isReservation(long word) {
    return word > 0 && (word & (page - 1)) == 0 && isFreeAnonymous(word);
  }

  private boolean isObject(long word) {
    return vm.isPointer(word) && (word & (page - 1)) != 0
        && vm.mappings().at(word).filter(m -> m.isWritable() && (m.isAnonymous() || m.name().equals("[heap]")))
            .isPresent()
        && !owned.contains(word);
  }

  private boolean isFreeAnonymous(long address) {
    Optional<Mapping> mapping = vm.mappings().at(address);
    return mapping.isPresent() && mapping.get().isAnonymous() && !owned.contains(address) && !isArena(mapping.get());
  }

  /** A heap of a malloc arena begins at a multiple of 64 MB with a pointer to its arena and two sizes. */
  private boolean isArena(Mapping mapping) {
    long start = mapping.range().start() & -ARENA_BYTES;
    long arena = vm.memory().u64(start).orElse(0);
    long bytes = vm.memory().u64(start + 16).orElse(0);
    return vm.isPointer(arena) && bytes > 0 && bytes <= ARENA_BYTES && (bytes & (page - 1)) == 0;
  }

  private void note(long start, LongBuffer words, int at) {
    long end = 0;
    for (int i = at + 1; i <= at + NEIGHBOURS && i < words.limit(); i++) {
      end = Math.max(end, accepted(start, words.get(i)));
    }
    if (end == 0 && at + 1 < words.limit()) {
      end = bySize(start, words.get(at + 1));
    }
    if (end > start && !stackSizes.contains(end - start)) {
      found.add(new AddressRange(start, end));
    }
  }

  /** A size in words, if that is what one of the collector's tables must have; else in bytes. */
  private long bySize(long start, long size) {
    if (size <= 0 || size > MOST_BYTES / 8) {
      return 0;
    }
    long words = accepted(start, start + 8 * size);
    if (words != 0 && Sizes.isLawful(layout, 8 * size)) {
      return words;
    }
    long chunks = accepted(start, start + MARK_CHUNK_BYTES * size);
    return chunks != 0 && Long.bitCount(size) == 1 && endsMapping(chunks) ? chunks : accepted(start, start + size);
  }

  private boolean endsMapping(long end) {
    return vm.mappings().at(end - 1).filter(mapping -> mapping.range().end() == end).isPresent();
  }

  /** The end, when it ends a range of whole pages that is anonymous memory throughout and nobody's; else 0. */
  private long accepted(long start, long end) {
    boolean plausible = end > start && end - start <= MOST_BYTES && (end & (page - 1)) == 0;
    return plausible && !owned.touches(start, end) && vm.isAnonymous(start, end) ? end : 0;
  }
}
