package io.tare.capture.memory.hotspot;

import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.hotspot.RangePattern.Sizes;
import io.tare.model.AddressRange;
import io.tare.model.jvm.JvmRegion;
import io.tare.model.jvm.JvmRegion.Purpose;
import io.tare.model.proc.Mapping;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Looks through the collector's own objects, and the objects that these point to, for the ranges of its tables. No layout of those
 * objects is known: a {@link RangePattern} tells a range.
 */
final class ReservationScan {
  private static final int CHILD_BYTES = 512;
  private static final int MOST_DEPTH = 2;
  private static final int MOST_OBJECTS = 3_000;

  private final Vm vm;
  private final Layout layout;
  private final Owned owned;
  private final RangePattern pattern;
  private final long page;
  private final Set<Long> seen = new HashSet<>();
  private final Set<AddressRange> found = new LinkedHashSet<>();

  ReservationScan(Vm vm, Layout layout) {
    this.vm = vm;
    this.layout = layout;
    this.owned = new Owned(layout);
    this.pattern = new RangePattern(vm, layout, owned);
    this.page = vm.memory().pageBytes();
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
        look(visit, open);
      }
    }
    found.stream().sorted(Comparator.comparingLong(AddressRange::bytes).reversed()).forEach(range -> {
      if (!owned.touches(range.start(), range.end())) {
        layout.region(Purpose.GC, Sizes.nameOf(layout, range.bytes()), range.start(), range.end());
        owned.renew(layout);
      }
    });
  }

  private void look(Visit visit, Deque<Visit> open) {
    Optional<byte[]> bytes = readable(visit);
    if (bytes.isEmpty()) {
      return;
    }
    long[] words = new long[bytes.get().length / 8];
    ProcessMemory.inOrder(bytes.get()).asLongBuffer().get(words);
    found.addAll(pattern.in(words));
    for (long word : words) {
      if (visit.depth() < MOST_DEPTH && isObject(word)) {
        open.add(new Visit(word, CHILD_BYTES, visit.depth() + 1));
      }
    }
  }

  /** An object may end before the next page, which may be absent. */
  private Optional<byte[]> readable(Visit visit) {
    Optional<byte[]> whole = vm.memory().read(visit.address(), visit.bytes() & -8);
    long untilPageEnd = page - (visit.address() & (page - 1)) & -8;
    return whole.isPresent() || untilPageEnd >= visit.bytes()
        ? whole
        : vm.memory().read(visit.address(), (int) untilPageEnd);
  }

  private boolean isObject(long word) {
    if (!vm.isPointer(word) || (word & (page - 1)) == 0 || owned.contains(word)) {
      return false;
    }
    Mapping mapping = vm.mappings().at(word).orElseThrow();
    return mapping.isWritable() && (mapping.isAnonymous() || mapping.name().equals("[heap]"));
  }

  /** Which addresses the layout already gives to something: regions and thread stacks. */
  static final class Owned {
    private final TreeMap<Long, Long> endByStart = new TreeMap<>();
    private int regions;

    Owned(Layout layout) {
      layout.threads().forEach(thread -> add(thread.stack()));
      renew(layout);
    }

    /** Takes in what was found since. */
    void renew(Layout layout) {
      if (layout.regions().size() != regions) {
        regions = layout.regions().size();
        layout.regions().stream().map(JvmRegion::range).forEach(this::add);
      }
    }

    /** Joins the range with those that it meets, so that the ranges stay disjoint. */
    private void add(AddressRange range) {
      long start = range.start();
      long end = range.end();
      Map.Entry<Long, Long> before = endByStart.floorEntry(end);
      while (before != null && before.getValue() >= start) {
        start = Math.min(start, before.getKey());
        end = Math.max(end, before.getValue());
        endByStart.remove(before.getKey());
        before = endByStart.floorEntry(end);
      }
      endByStart.put(start, end);
    }

    boolean contains(long address) {
      return touches(address, address + 1);
    }

    boolean touches(long start, long end) {
      Map.Entry<Long, Long> before = endByStart.lowerEntry(end);
      return before != null && before.getValue() > start;
    }
  }
}
