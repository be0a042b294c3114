package io.tare.capture.memory.hotspot;

import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.hotspot.HeapWalk.SerialWalk;
import io.tare.capture.memory.hotspot.JvmLibrary.SymbolNames;
import io.tare.capture.memory.hotspot.ZgcWalk.ZgcForwarding;
import io.tare.model.AddressRange;
import io.tare.model.jvm.JvmRegion.Purpose;
import io.tare.model.proc.Mapping;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The collector's side tables: those that the structure tables name, and those that the collector's own objects point to with
 * their bounds beside.
 */
final class CollectorWalk {
  private static final Map<String, List<String>> HEAP_TYPES = Map.of("G1", List.of("G1CollectedHeap"), "Serial",
      List.of("SerialHeap", "GenCollectedHeap"), "Parallel", List.of("ParallelScavengeHeap"), "ConcMarkSweep",
      List.of("CMSHeap", "GenCollectedHeap"), "Shenandoah", List.of("ShenandoahHeap"), "ZGC",
      List.of("ZCollectedHeap"), "Epsilon", List.of("EpsilonHeap"));
  private static final Set<String> WITH_CARDS = Set.of("G1", "Serial", "Parallel", "ConcMarkSweep");
  private static final int HEAP_BYTES = 256;
  private static final long MARK_STACK_STEP = 32L << 20;
  private static final int STATIC_OBJECT_BYTES = 128;
  private static final int GENERATION_BYTES = 512;
  private static final int GENERATIONAL_BYTES = 256;

  private CollectorWalk() {}

  static void walk(Vm vm, Layout layout) throws Unreadable {
    named(layout, "card table", () -> cardTable(vm, layout));
    named(layout, "block offset table", () -> blockOffsets(vm, layout));
    named(layout, "forwarding table", () -> forwarding(vm, layout));
    named(layout, "remembered set cache", () -> fromCardCache(vm, layout));
    named(layout, "mark bitmap", () -> ParallelMarks.add(vm, layout));
    named(layout, "mark stacks", () -> markStacks(vm, layout));
    new ReservationScan(vm, layout).from(roots(vm, layout));
  }

  private static void named(Layout layout, String name, Step step) {
    try {
      step.run();
    } catch (Unreadable unreadable) {
      layout.problem(name, unreadable);
    }
  }

  private interface Step {
    void run() throws Unreadable;
  }

  private static boolean isCollector(Layout layout, String name) {
    return layout.fact("collector").orElse("").equals(name);
  }

  private static void cardTable(Vm vm, Layout layout) throws Unreadable {
    if (!WITH_CARDS.contains(layout.fact("collector").orElse(""))) {
      return;
    }
    String[] map = {"CardTable._byte_map", "CardTableModRefBS._byte_map"};
    if (vm.has(map)) {
      // Until JDK 9 the barrier set is the table.
      long table = vm.has("CardTable._byte_map")
          ? vm.word(vm.staticWord("BarrierSet._barrier_set"), "CardTableBarrierSet._card_table")
          : vm.word(vm.staticWord("Universe._collectedHeap"), "CollectedHeap._barrier_set");
      long start = vm.word(table, map);
      // G1 of JDK 8 keeps its cards elsewhere: the scan finds them.
      if (start != 0) {
        pages(vm, layout, "card table", start,
            start + vm.word(table, "CardTable._byte_map_size", "CardTableModRefBS._byte_map_size"));
      }
    }
  }

  /** Serial's; the other collectors' tables are found by the scan. */
  private static void blockOffsets(Vm vm, Layout layout) throws Unreadable {
    if (isCollector(layout, "Serial")) {
      long old = SerialWalk.old(vm, vm.staticWord("Universe._collectedHeap"));
      long offsets = vm.word(old, "TenuredGeneration._bts", "CardGeneration._bts");
      long space = vm.at(offsets, "SerialBlockOffsetTable._vs", "BlockOffsetSharedArray._vs");
      layout.region(Purpose.GC, "block offset table", vm.word(space, "VirtualSpace._low_boundary"),
          vm.word(space, "VirtualSpace._high_boundary"));
    }
  }

  /** JDK 11's ZGC knows of its mark stacks only where the next one goes, and where the mapping ends. */
  private static void markStacks(Vm vm, Layout layout) throws Unreadable {
    if (!isCollector(layout, "ZGC") || !ZgcWalk.isFirst(vm)) {
      return;
    }
    long heap = vm.at(vm.staticWord("Universe._collectedHeap"), "ZCollectedHeap._heap");
    int bytes = vm.sizeOf("ZHeap");
    ReservationScan.Owned owned = new ReservationScan.Owned(layout);
    for (long at = heap; at + 16 <= heap + bytes; at += 8) {
      long top = vm.word(at);
      long end = vm.word(at + 8);
      Optional<Mapping> last = top <= end ? vm.mappings().at(end - 1) : Optional.empty();
      if (last.isPresent() && last.get().isAnonymous() && last.get().range().end() == end
          && (end & MARK_STACK_STEP - 1) == 0 && top >= last.get().range().start()
          && !owned.touches(last.get().range().start(), end)) {
        layout.region(Purpose.GC, "mark stacks", last.get().range().start(), end);
      }
    }
  }

  private static void forwarding(Vm vm, Layout layout) throws Unreadable {
    if (isCollector(layout, "ZGC")) {
      for (ZgcForwarding.Table table : ZgcForwarding.tables(vm, ZgcWalk.prefix(vm, layout))) {
        pages(vm, layout, "forwarding table", table.start(), table.start() + 8 * table.entries());
      }
    }
  }

  private static void fromCardCache(Vm vm, Layout layout) throws Unreadable {
    OptionalLong cache = vm.symbols().address(SymbolNames.FROM_CARD_CACHE);
    OptionalLong bytes = vm.symbols().address(SymbolNames.FROM_CARD_CACHE_BYTES);
    if (cache.isPresent() && bytes.isPresent() && vm.word(cache.getAsLong()) != 0) {
      long start = vm.word(cache.getAsLong());
      pages(vm, layout, "remembered set cache", start, start + vm.word(bytes.getAsLong()));
    }
  }

  private static void pages(Vm vm, Layout layout, String name, long start, long end) throws Unreadable {
    long page = vm.memory().pageBytes();
    if (start <= 0 || end <= start || !vm.isAnonymous(start & -page, end + page - 1 & -page)) {
      throw new Unreadable("no mapping at " + Long.toHexString(start) + "-" + Long.toHexString(end));
    }
    layout.region(Purpose.GC, name, start & -page, end + page - 1 & -page);
  }

  private static List<ReservationScan.Root> roots(Vm vm, Layout layout) throws Unreadable {
    List<ReservationScan.Root> roots = new ArrayList<>();
    String collector = layout.fact("collector").orElse("");
    long heap = vm.staticWord("Universe._collectedHeap");
    if (collector.equals("Parallel")) {
      roots.add(new ReservationScan.Root(vm.word(heap, "ParallelScavengeHeap._old_gen"), GENERATION_BYTES));
      for (String symbol : List.of(SymbolNames.PARALLEL_MARKS, SymbolNames.PARALLEL_SUMMARY)) {
        vm.symbols().address(symbol)
            .ifPresent(address -> roots.add(new ReservationScan.Root(address, STATIC_OBJECT_BYTES)));
      }
    }
    if (collector.equals("Shenandoah")) {
      // Its generational mode has card tables.
      roots.add(new ReservationScan.Root(vm.staticWord("BarrierSet._barrier_set"), STATIC_OBJECT_BYTES));
    }
    if (collector.equals("ConcMarkSweep")) {
      roots.addAll(markSweep(vm, heap));
    }
    int bytes = heapBytes(vm, collector) + (collector.equals("Shenandoah") ? GENERATIONAL_BYTES : 0);
    roots.add(new ReservationScan.Root(heap, bytes));
    return roots;
  }

  private static List<ReservationScan.Root> markSweep(Vm vm, long heap) throws Unreadable {
    long old = SerialWalk.old(vm, heap);
    return List.of(
        new ReservationScan.Root(vm.staticWord("ConcurrentMarkSweepThread._collector"), vm.sizeOf("CMSCollector")),
        new ReservationScan.Root(vm.word(old, "ConcurrentMarkSweepGeneration._cmsSpace"), GENERATION_BYTES),
        new ReservationScan.Root(old, vm.sizeOf("ConcurrentMarkSweepGeneration")),
        new ReservationScan.Root(SerialWalk.young(vm, heap), vm.sizeOf("ParNewGeneration")));
  }

  /** The heap's object; of a collector that nobody here knows its beginning. */
  private static int heapBytes(Vm vm, String collector) throws Unreadable {
    for (String type : HEAP_TYPES.getOrDefault(collector, List.of())) {
      if (vm.tables().types().containsKey(type)) {
        return vm.sizeOf(type);
      }
    }
    return HEAP_BYTES;
  }
}

/**
 * The two mark bitmaps of Parallel, in a library without names for its variables: two addresses as far apart as a bitmap of the heap is
 * long, each with the count of its bits beside it.
 */
final class ParallelMarks {
  private static final int BITS_PER_BYTE = 8;
  private static final int MOST_VARIABLES = 4 << 20;
  private static final int MOST_BETWEEN = 6;

  private ParallelMarks() {}

  static void add(Vm vm, Layout layout) throws Unreadable {
    OptionalLong variable = vm.symbols().address("gHotSpotVMStructs");
    if (!layout.fact("collector").orElse("").equals("Parallel") || variable.isEmpty()
        || vm.symbols().address(SymbolNames.PARALLEL_MARKS).isPresent()) {
      return;
    }
    long bits = layout.regions(Purpose.HEAP).stream().mapToLong(heap -> heap.range().bytes()).max().orElse(0)
        / Long.BYTES;
    for (AddressRange run : vm.memory().presentRuns(variables(vm, variable.getAsLong()))) {
      ByteBuffer words = ProcessMemory.inOrder(vm.bytes(run.start(), (int) run.bytes()));
      LongBuffer numbers = words.asLongBuffer();
      for (int i = 0; i + 1 < numbers.limit(); i++) {
        long first = numbers.get(i);
        if (numbers.get(i + 1) == bits && vm.isReservation(first)
            && isFollowed(numbers, i + 2, first + bits / BITS_PER_BYTE, bits)) {
          layout.region(Purpose.GC, "mark bitmap", first, first + 2 * bits / BITS_PER_BYTE);
        }
      }
    }
  }

  private static boolean isFollowed(LongBuffer numbers, int from, long second, long bits) {
    for (int i = from; i < from + MOST_BETWEEN && i + 1 < numbers.limit(); i++) {
      if (numbers.get(i) == second && numbers.get(i + 1) == bits) {
        return true;
      }
    }
    return false;
  }

  /** The library's variables: the mapping that this one lies in, and the anonymous one that follows. */
  private static AddressRange variables(Vm vm, long variable) throws Unreadable {
    AddressRange named = vm.mappings().at(variable).orElseThrow(() -> Unreadable.at("variables", variable)).range();
    long end = vm.mappings().at(named.end()).filter(Mapping::isAnonymous).map(next -> next.range().end())
        .orElse(named.end());
    return new AddressRange(named.start(), Math.min(end, named.start() + MOST_VARIABLES));
  }
}
