package io.tare.capture.memory.hotspot;

import io.tare.model.jvm.JvmRegion.Purpose;
import io.tare.model.proc.Mapping;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The reservation of the heap and its parts, by the collector that the flags name. */
final class HeapWalk {
  private HeapWalk() {}

  static void walk(Vm vm, Layout layout) throws Unreadable {
    long heap = vm.staticWord("Universe._collectedHeap");
    long start = vm.word(heap, "CollectedHeap._reserved");
    long words = vm.word(vm.at(heap, "CollectedHeap._reserved") + vm.offset("MemRegion._word_size"));
    layout.region(Purpose.HEAP, "Java heap", start, start + 8 * words);
    layout.number("flag.MaxHeapSize").ifPresent(bytes -> layout.fact("heap.max", bytes));
    collections(vm, layout, heap);
    switch (layout.fact("collector").orElse("")) {
      case "G1" -> G1Walk.walk(vm, layout, heap);
      case "Serial" -> SerialWalk.walk(vm, layout, heap);
      case "Parallel" -> ParallelWalk.walk(vm, layout);
      case "Shenandoah" -> ShenandoahWalk.walk(vm, layout, heap);
      case "ZGC" -> ZgcWalk.walk(vm, layout, heap);
      case "Epsilon" -> Spaces.contiguous(vm, layout, "heap", vm.word(heap, "EpsilonHeap._space"));
      default -> throw new Unreadable("the heap's parts of this collector are not known");
    }
  }

  private static void collections(Vm vm, Layout layout, long heap) throws Unreadable {
    if (vm.has("CollectedHeap._total_collections")) {
      layout.fact("gc.count", vm.u32(vm.at(heap, "CollectedHeap._total_collections")));
    }
  }
}

/** G1's regions, those of them that are committed. */
final class G1Walk {
  private static final String[] TOPS = {"G1HeapRegion._top", "HeapRegion._top", "G1ContiguousSpace._top",
      "G1OffsetTableContigSpace._top"};
  private static final String[] TYPE_PREFIXES = {"G1HeapRegionType::", "HeapRegionType::"};

  private final Vm vm;
  private final Layout layout;
  private final Map<Long, String> roles;

  private G1Walk(Vm vm, Layout layout) {
    this.vm = vm;
    this.layout = layout;
    this.roles = roles(vm);
  }

  static void walk(Vm vm, Layout layout, long heap) throws Unreadable {
    new G1Walk(vm, layout).regions(heap);
  }

  private void regions(long heap) throws Unreadable {
    long manager = vm.at(heap, "G1CollectedHeap._hrm");
    long table = manager + vm.offset("G1HeapRegionManager._regions", "HeapRegionManager._regions");
    long base = vm.word(table, "G1HeapRegionTable._base");
    long length = vm.word(table, "G1HeapRegionTable._length");
    if (length < 0 || length > vm.limits().heapParts()) {
      throw new Unreadable(length + " heap regions");
    }
    long unreadable = 0;
    for (long i = 0; i < length && !vm.memory().budgetExceeded(); i++) {
      try {
        region(vm.word(base + 8 * i));
      } catch (Unreadable absent) {
        unreadable++;
      }
    }
    if (unreadable > 0) {
      layout.problem("heap", unreadable + " regions can't be read");
    }
  }

  /** A region that was never committed has no object yet. */
  private void region(long region) throws Unreadable {
    if (region == 0) {
      return;
    }
    long bottom = vm.word(region, "G1HeapRegion._bottom", "HeapRegion._bottom", "Space._bottom");
    if (vm.mappings().at(bottom).filter(Mapping::isWritable).isEmpty()) {
      return;
    }
    long tag = vm.u32(vm.at(region, "G1HeapRegion._type", "HeapRegion._type"));
    layout.part(roles.getOrDefault(tag, "old"), bottom, vm.word(region, TOPS),
        vm.word(region, "G1HeapRegion._end", "HeapRegion._end", "Space._end"));
  }

  /** {@code EdenTag} means eden; the numbers differ between JDKs. Old regions have bits, but no tag of their own. */
  private static Map<Long, String> roles(Vm vm) {
    Map<Long, String> roles = new HashMap<>();
    vm.tables().constants().forEach((name, value) -> {
      for (String prefix : TYPE_PREFIXES) {
        if (name.startsWith(prefix) && name.endsWith("Tag")) {
          roles.put(value, role(name.substring(prefix.length(), name.length() - 3)));
        }
      }
    });
    return roles;
  }

  private static String role(String tag) {
    return switch (tag) {
      case "Surv" -> "survivor";
      case "StartsHumongous", "ContinuesHumongous" -> "humongous";
      case "OpenArchive", "ClosedArchive" -> "archive";
      default -> tag.toLowerCase(Locale.ROOT);
    };
  }
}

/** Serial's two generations: eden, two survivor spaces, and the tenured space. */
final class SerialWalk {
  private SerialWalk() {}

  static void walk(Vm vm, Layout layout, long heap) throws Unreadable {
    long young = vm.word(heap, "SerialHeap._young_gen", "GenCollectedHeap._young_gen");
    Spaces.contiguous(vm, layout, "eden", vm.word(young, "DefNewGeneration._eden_space"));
    Spaces.contiguous(vm, layout, "survivor", vm.word(young, "DefNewGeneration._from_space"));
    Spaces.contiguous(vm, layout, "survivor", vm.word(young, "DefNewGeneration._to_space"));
    long old = vm.word(heap, "SerialHeap._old_gen", "GenCollectedHeap._old_gen");
    Spaces.contiguous(vm, layout, "old", vm.word(old, "TenuredGeneration._the_space"));
  }
}

/** Parallel's two generations. */
final class ParallelWalk {
  private ParallelWalk() {}

  static void walk(Vm vm, Layout layout) throws Unreadable {
    long young = vm.staticWord("ParallelScavengeHeap._young_gen");
    Spaces.mutable(vm, layout, "eden", vm.word(young, "PSYoungGen._eden_space"));
    Spaces.mutable(vm, layout, "survivor", vm.word(young, "PSYoungGen._from_space"));
    Spaces.mutable(vm, layout, "survivor", vm.word(young, "PSYoungGen._to_space"));
    long old = vm.staticWord("ParallelScavengeHeap._old_gen");
    Spaces.mutable(vm, layout, "old", vm.word(old, "PSOldGen._object_space"));
  }
}

/** Shenandoah's regions. */
final class ShenandoahWalk {
  private static final long MOST_OBJECT_BYTES = 1L << 30;
  private static final long HUGE_PAGE_BYTES = 2 << 20;
  private static final String STATE = "ShenandoahHeapRegion::_";

  private ShenandoahWalk() {}

  static void walk(Vm vm, Layout layout, long heap) throws Unreadable {
    long count = vm.word(heap, "ShenandoahHeap._num_regions");
    long regions = vm.word(heap, "ShenandoahHeap._regions");
    if (count < 0 || count > vm.limits().heapParts()) {
      throw new Unreadable(count + " heap regions");
    }
    Map<Long, String> states = states(vm);
    long lowest = Long.MAX_VALUE;
    long highest = 0;
    for (long i = 0; i < count && !vm.memory().budgetExceeded(); i++) {
      long region = vm.word(regions + 8 * i);
      lowest = Math.min(lowest, region);
      highest = Math.max(highest, region);
      long state = vm.u32(vm.at(region, "ShenandoahHeapRegion._state"));
      layout.part(states.getOrDefault(state, "region"), vm.word(region, "ShenandoahHeapRegion._bottom"),
          vm.word(region, "ShenandoahHeapRegion._top"), vm.word(region, "ShenandoahHeapRegion._end"));
    }
    objects(vm, layout, lowest, highest);
  }

  /** The regions' own objects stand side by side in one reservation. */
  private static void objects(Vm vm, Layout layout, long lowest, long highest) throws Unreadable {
    long page = vm.memory().pageBytes();
    long start = lowest & -page;
    long end = highest + vm.sizeOf("ShenandoahHeapRegion") + page - 1 & -page;
    long hugeEnd = end + HUGE_PAGE_BYTES - 1 & -HUGE_PAGE_BYTES;
    if (onHugePages(layout) && start % HUGE_PAGE_BYTES == 0 && vm.isAnonymous(start, hugeEnd)) {
      end = hugeEnd;
    }
    if (lowest < highest && end - start <= MOST_OBJECT_BYTES && vm.isAnonymous(start, end)) {
      layout.region(Purpose.GC, "region objects", start, end);
    }
  }

  /** Then its reservations are whole huge pages. */
  private static boolean onHugePages(Layout layout) {
    return Stream.of("UseTransparentHugePages", "UseLargePages")
        .anyMatch(flag -> layout.fact("flag." + flag).orElse("").equals("true"));
  }

  private static Map<Long, String> states(Vm vm) {
    Map<Long, String> states = new HashMap<>();
    vm.tables().constants().forEach((name, value) -> {
      if (name.startsWith(STATE)) {
        states.put(value, name.substring(STATE.length()).replace('_', ' '));
      }
    });
    return states;
  }
}

/** Spaces that fill from their bottom to their end. */
final class Spaces {
  private Spaces() {}

  static void contiguous(Vm vm, Layout layout, String role, long space) throws Unreadable {
    layout.part(role, vm.word(space, "ContiguousSpace._bottom", "Space._bottom"),
        vm.word(space, "ContiguousSpace._top"), vm.word(space, "ContiguousSpace._end", "Space._end"));
  }

  static void mutable(Vm vm, Layout layout, String role, long space) throws Unreadable {
    layout.part(role, vm.word(space, "MutableSpace._bottom", "ImmutableSpace._bottom"),
        vm.word(space, "MutableSpace._top"),
        vm.word(space, "MutableSpace._end", "ImmutableSpace._end"));
  }
}
