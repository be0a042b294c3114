package io.tare.capture.memory.hotspot;

import io.tare.capture.memory.hotspot.JvmLibrary.SymbolNames;
import io.tare.capture.memory.hotspot.ZgcWalk.ZgcForwarding;
import io.tare.model.jvm.JvmRegion.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The collector's side tables: those that the structure tables name, and those that the collector's own objects point to with
 * their bounds beside.
 */
final class CollectorWalk {
  private static final Map<String, String> HEAP_TYPES = Map.of("G1", "G1CollectedHeap", "Serial", "SerialHeap",
      "Parallel",
      "ParallelScavengeHeap", "Shenandoah", "ShenandoahHeap", "ZGC", "ZCollectedHeap", "Epsilon", "EpsilonHeap");
  private static final int STATIC_OBJECT_BYTES = 128;
  private static final int GENERATION_BYTES = 512;
  private static final int GENERATIONAL_BYTES = 256;

  private CollectorWalk() {}

  static void walk(Vm vm, Layout layout) throws Unreadable {
    named(layout, "card table", () -> cardTable(vm, layout));
    named(layout, "block offset table", () -> blockOffsets(vm, layout));
    named(layout, "forwarding table", () -> forwarding(vm, layout));
    named(layout, "remembered set cache", () -> fromCardCache(vm, layout));
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

  private static boolean usesCards(Layout layout) {
    String collector = layout.fact("collector").orElse("");
    return collector.equals("G1") || collector.equals("Serial") || collector.equals("Parallel");
  }

  private static void cardTable(Vm vm, Layout layout) throws Unreadable {
    if (usesCards(layout) && vm.has("CardTable._byte_map")) {
      long table = vm.word(vm.staticWord("BarrierSet._barrier_set"), "CardTableBarrierSet._card_table");
      long start = vm.word(table, "CardTable._byte_map");
      pages(vm, layout, "card table", start, start + vm.word(table, "CardTable._byte_map_size"));
    }
  }

  /** Serial's; the other collectors' tables are found by the scan. */
  private static void blockOffsets(Vm vm, Layout layout) throws Unreadable {
    if (layout.fact("collector").orElse("").equals("Serial")
        && vm.has("SerialHeap._old_gen", "GenCollectedHeap._old_gen")) {
      long old = vm.word(vm.staticWord("Universe._collectedHeap"), "SerialHeap._old_gen", "GenCollectedHeap._old_gen");
      long offsets = vm.word(old, "TenuredGeneration._bts", "CardGeneration._bts");
      long space = vm.at(offsets, "SerialBlockOffsetTable._vs", "BlockOffsetSharedArray._vs");
      layout.region(Purpose.GC, "block offset table", vm.word(space, "VirtualSpace._low_boundary"),
          vm.word(space, "VirtualSpace._high_boundary"));
    }
  }

  private static void forwarding(Vm vm, Layout layout) throws Unreadable {
    if (layout.fact("collector").orElse("").equals("ZGC")) {
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
    String type = HEAP_TYPES.getOrDefault(collector, "CollectedHeap");
    if (collector.equals("Parallel")) {
      roots.add(new ReservationScan.Root(vm.staticWord("ParallelScavengeHeap._old_gen"), GENERATION_BYTES));
      for (String symbol : List.of(SymbolNames.PARALLEL_MARKS, SymbolNames.PARALLEL_SUMMARY)) {
        vm.symbols().address(symbol)
            .ifPresent(address -> roots.add(new ReservationScan.Root(address, STATIC_OBJECT_BYTES)));
      }
    }
    if (collector.equals("Shenandoah")) {
      // Its generational mode has card tables.
      roots.add(new ReservationScan.Root(vm.staticWord("BarrierSet._barrier_set"), STATIC_OBJECT_BYTES));
    }
    int bytes = vm.sizeOf(type) + (collector.equals("Shenandoah") ? GENERATIONAL_BYTES : 0);
    roots.add(new ReservationScan.Root(vm.staticWord("Universe._collectedHeap"), bytes));
    return roots;
  }
}
