package io.tare.capture.memory.hotspot;

import io.tare.model.AddressRange;
import io.tare.model.jvm.JvmRegion.Purpose;
import io.tare.model.proc.Mapping;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * ZGC's pages. Its reservation is not in the tables; its mappings carry its name. Until JDK 21 the same memory is mapped at three
 * places: each is reported, but the parts only at the first of them, so that their sum is the heap in use.
 */
final class ZgcWalk {
  private static final String MEMORY_NAME = "java_heap";
  private static final long MOST_GRANULES = 1L << 28;
  private static final int GRANULE_BITS = 21;
  private static final long LOWEST_VIEW = 1L << 40;

  private final Vm vm;
  private final Layout layout;
  private final long view;
  private final String z;

  private ZgcWalk(Vm vm, Layout layout, long view) {
    this.vm = vm;
    this.layout = layout;
    this.view = view;
    this.z = prefix(vm, layout);
  }

  static void walk(Vm vm, Layout layout, long heap) throws Unreadable {
    List<Long> views = views(vm, layout);
    if (views.isEmpty()) {
      throw new Unreadable("no mapping carries the name " + MEMORY_NAME);
    }
    layout.fact("heap.views", views.size());
    new ZgcWalk(vm, layout, views.getFirst()).pages(heap);
  }

  /** JDK 21 to 23 carry both generations of ZGC, and call the elder one X. */
  static String prefix(Vm vm, Layout layout) {
    boolean elder = layout.fact("flag.ZGenerational").orElse("").equals("false");
    return elder && vm.has("XCollectedHeap._heap") ? "X" : "Z";
  }

  /** The highest bit of an address says which view it belongs to. */
  private static List<Long> views(Vm vm, Layout layout) {
    Set<Long> views = new TreeSet<>();
    for (Mapping mapping : vm.mappings().all()) {
      long view = Long.highestOneBit(mapping.range().start());
      if (mapping.name().contains(MEMORY_NAME) && view >= LOWEST_VIEW) {
        views.add(view);
        layout.region(Purpose.HEAP, "Java heap", mapping.range().start(), mapping.range().end());
      }
    }
    return new ArrayList<>(views);
  }

  private void pages(long heap) throws Unreadable {
    long table = vm.at(heap, z + "CollectedHeap._heap") + vm.offset(z + "Heap._page_table")
        + vm.offset(z + "PageTable._map");
    long map = vm.word(table, z + "GranuleMapForPageTable._map");
    // The map's length is the word before its address.
    long length = vm.word(table);
    if (length <= 0 || length > MOST_GRANULES || !vm.isPointer(map)) {
      throw new Unreadable(length + " entries in the page table");
    }
    layout.region(Purpose.GC, "page table", map, map + 8 * length);
    AddressRange entries = AddressRange.ofSize(map, 8 * Math.min(length, granulesInUse()));
    Set<Long> seen = new HashSet<>();
    for (AddressRange run : vm.memory().presentRuns(entries)) {
      for (long at = run.start(); at < run.end() && seen.size() < vm.limits().heapParts(); at += 8) {
        long page = vm.word(at);
        if (page != 0 && seen.add(page)) {
          page(page);
        }
      }
    }
  }

  /** The table spans all addresses that the heap could have; only its beginning can have pages. */
  private long granulesInUse() {
    long last = layout.regions(Purpose.HEAP).stream().mapToLong(heap -> heap.range().end() & (view - 1)).max()
        .orElse(0);
    return (last >>> GRANULE_BITS) + 1;
  }

  private void page(long page) throws Unreadable {
    long memory = vm.at(page, "ZPage._virtual");
    long start = vm.word(memory, "ZVirtualMemory._start");
    long end = vm.has("ZVirtualMemory._end")
        ? vm.word(memory, "ZVirtualMemory._end")
        : start + vm.word(memory, "ZVirtualMemory._size");
    long top = vm.word(page, "ZPage._top");
    layout.part(role(vm.u8(vm.at(page, "ZPage._type"))), view | start, view | top, view | end);
  }

  private static String role(long type) {
    return type == 0 ? "small" : type == 1 ? "medium" : "large";
  }
}
