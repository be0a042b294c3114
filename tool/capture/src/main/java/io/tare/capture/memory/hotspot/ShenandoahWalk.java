package io.tare.capture.memory.hotspot;

import io.tare.model.jvm.JvmRegion.Purpose;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

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
