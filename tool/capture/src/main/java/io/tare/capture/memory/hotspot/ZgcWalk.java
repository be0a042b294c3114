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
    PageTable table = table(heap);
    if (table.length() <= 0 || table.length() > MOST_GRANULES || !vm.isPointer(table.map())) {
      throw new Unreadable(table.length() + " entries in the page table");
    }
    layout.region(Purpose.GC, "page table", table.map(), table.map() + 8 * table.length());
    AddressRange entries = AddressRange.ofSize(table.map(), 8 * Math.min(table.length(), granulesInUse()));
    Set<Long> seen = new HashSet<>();
    for (AddressRange run : vm.memory().presentRuns(entries)) {
      for (long at = run.start(); at < run.end() && seen.size() < vm.limits().heapParts(); at += 8) {
        // JDK 11 marks a page that is being emptied by the lowest bit.
        long page = vm.word(at) & ~1L;
        if (page != 0 && seen.add(page)) {
          page(page);
        }
      }
    }
  }

  /** A page's object for each granule of the addresses that the heap could have. */
  private record PageTable(long map, long length) {}

  /** The map's length is the word before its address, since JDK 12. */
  private PageTable table(long heap) throws Unreadable {
    long inside = vm.at(heap, z + "CollectedHeap._heap");
    if (isFirst(vm)) {
      long map = inside + vm.offset("ZHeap._pagetable") + vm.offset("ZPageTable._map")
          + vm.offset("ZAddressRangeMapForPageTable._map");
      return new PageTable(vm.word(map), view >>> GRANULE_BITS);
    }
    long table = inside + vm.offset(z + "Heap._page_table") + vm.offset(z + "PageTable._map");
    return new PageTable(vm.word(table, z + "GranuleMapForPageTable._map"), vm.word(table));
  }

  /** JDK 11's. */
  static boolean isFirst(Vm vm) {
    return vm.has("ZHeap._pagetable");
  }

  /** The table spans all addresses that the heap could have; only its beginning can have pages. */
  private long granulesInUse() {
    long last = layout.regions(Purpose.HEAP).stream().mapToLong(heap -> heap.range().end() & (view - 1)).max()
        .orElse(0);
    return (last >>> GRANULE_BITS) + 1;
  }

  private void page(long page) throws Unreadable {
    long memory = vm.at(page, z + "Page._virtual");
    long start = vm.word(memory, z + "VirtualMemory._start");
    long end = vm.has(z + "VirtualMemory._end")
        ? vm.word(memory, z + "VirtualMemory._end")
        : start + vm.word(memory, z + "VirtualMemory._size");
    // In JDK 11 the tables don't name it; it follows the bounds.
    long top = vm.word(vm.has(z + "Page._top") ? vm.at(page, z + "Page._top") : memory + vm.sizeOf("ZVirtualMemory"));
    layout.part(role(vm.u8(vm.at(page, z + "Page._type"))), view + start, view + (isGivenUp(page) ? start : top),
        view + end);
  }

  /** In JDK 11 a page from which all objects were moved stays in the table; nobody refers to it, which is counted right before its table of moves. */
  private boolean isGivenUp(long page) throws Unreadable {
    return isFirst(vm) && vm.i32(vm.at(page, "ZPage._forwarding") - 8) == 0;
  }

  private static String role(long type) {
    return type == 0 ? "small" : type == 1 ? "medium" : "large";
  }

  /**
   * Where ZGC moved an object to. A reference that it has not healed yet leads to the object's former place, which may be gone; the
   * forwarding table of that place tells the new one.
   */
  static final class ZgcForwarding {
    private static final int GRANULE_BITS = 21;
    private static final int MOST_ENTRIES = 1 << 18;
    private static final int FROM_SHIFT = 46;
    private static final int FIRST_TO_BITS = 42;
    private static final int FIRST_SMALL_SHIFT = 3;
    private static final int FIRST_MEDIUM_SHIFT = 12;
    private static final long TO_MASK = (1L << 45) - 1;

    private final Vm vm;
    private final String z;
    private final List<Table> tables;

    private ZgcForwarding(Vm vm, String z, List<Table> tables) {
      this.vm = vm;
      this.z = z;
      this.tables = List.copyOf(tables);
    }

    static ZgcForwarding of(Vm vm, Layout layout) {
      String z = ZgcWalk.prefix(vm, layout);
      try {
        return new ZgcForwarding(vm, z, tables(vm, z));
      } catch (Unreadable otherCollector) {
        return new ZgcForwarding(vm, z, List.of());
      }
    }

    /** A table, by what it knows of each granule of the heap. */
    record Table(long start, long entries) {}

    /** One table before JDK 21, none in JDK 11, where each page has its own. Later each generation has one within the heap's object, where only its length before its address tells. */
    static List<Table> tables(Vm vm, String z) throws Unreadable {
      if (isFirst(vm)) {
        return List.of();
      }
      long heap = vm.at(vm.staticWord("Universe._collectedHeap"), z + "CollectedHeap._heap");
      if (vm.has(z + "Heap._forwarding_table")) {
        long table = heap + vm.offset(z + "Heap._forwarding_table") + vm.offset(z + "ForwardingTable._map");
        return List.of(new Table(vm.word(table, z + "GranuleMapForForwarding._map"), vm.word(table)));
      }
      long pageTable = heap + vm.offset(z + "Heap._page_table") + vm.offset(z + "PageTable._map");
      long most = vm.word(pageTable);
      List<Table> tables = new ArrayList<>();
      int bytes = vm.sizeOf(z + "Heap");
      for (long at = heap; at + 16 <= heap + bytes; at += 8) {
        long entries = vm.word(at);
        if (entries > 0 && entries <= most && at != pageTable && vm.isReservation(vm.word(at + 8))
            && holdsPointers(vm, vm.word(at + 8))) {
          tables.add(new Table(vm.word(at + 8), entries));
        }
      }
      return tables;
    }

    /** Another map of granules holds numbers. */
    private static boolean holdsPointers(Vm vm, long table) {
      for (long at = table; at < table + vm.memory().pageBytes(); at += 8) {
        long word = vm.memory().u64(at).orElse(0);
        if (word != 0 && !vm.isPointer(word)) {
          return false;
        }
      }
      return true;
    }

    /** The object's present address, as far as a table knows it; else the address that is asked for. */
    long follow(long address) {
      long view = Long.highestOneBit(address);
      long offset = address & (view - 1);
      if (isFirst(vm)) {
        try {
          return view | firstTarget(offset);
        } catch (Unreadable gone) {
          return address;
        }
      }
      for (Table table : tables) {
        long granule = offset >>> GRANULE_BITS;
        long forwarding = granule < table.entries() ? vm.memory().u64(table.start() + 8 * granule).orElse(0) : 0;
        long target = vm.isPointer(forwarding) ? target(forwarding, offset) : offset;
        if (target != offset) {
          return view | target;
        }
      }
      return address;
    }

    private long target(long forwarding, long offset) {
      try {
        return entry(forwarding, offset);
      } catch (Unreadable absent) {
        return offset;
      }
    }

    /** In JDK 11 a page that is being emptied is marked in the page table, and has the table of its objects itself. */
    private long firstTarget(long offset) throws Unreadable {
      long heap = vm.at(vm.staticWord("Universe._collectedHeap"), "ZCollectedHeap._heap");
      long map = vm.word(heap + vm.offset("ZHeap._pagetable") + vm.offset("ZPageTable._map"),
          "ZAddressRangeMapForPageTable._map");
      long entry = vm.word(map + 8 * (offset >>> GRANULE_BITS));
      long page = entry & ~1L;
      if (page == entry) {
        return offset;
      }
      long start = vm.word(vm.at(page, "ZPage._virtual"), "ZVirtualMemory._start");
      boolean small = vm.u8(vm.at(page, "ZPage._type")) == 0;
      long index = (offset - start) >>> (small ? FIRST_SMALL_SHIFT : FIRST_MEDIUM_SHIFT);
      long table = vm.at(page, "ZPage._forwarding");
      long size = vm.word(table, "ZForwardingTable._size");
      long entries = vm.word(table, "ZForwardingTable._table");
      for (long i = 0; i < Math.min(size, MOST_ENTRIES); i++) {
        long moved = vm.word(entries + 8 * (hash((int) index) + i & (size - 1)));
        if (moved == -1) {
          return offset;
        }
        if (moved >>> FIRST_TO_BITS == index) {
          return moved & (1L << FIRST_TO_BITS) - 1;
        }
      }
      return offset;
    }

    private long entry(long forwarding, long offset) throws Unreadable {
      long start = vm.word(vm.at(forwarding, z + "Forwarding._virtual"), z + "VirtualMemory._start");
      if (start < 0 || start > offset) {
        throw Unreadable.at("forwarding", forwarding);
      }
      long index = (offset - start) >>> (vm.word(forwarding, z + "Forwarding._object_alignment_shift") & 63);
      long length = vm.word(vm.at(forwarding, z + "Forwarding._entries"), z + "AttachedArrayForForwarding._length");
      long entries = forwarding + vm.sizeOf(z + "Forwarding");
      for (long i = 0; i < Math.min(length, MOST_ENTRIES); i++) {
        long entry = vm.word(entries + 8 * (hash((int) index) + i & (length - 1)));
        if ((entry & 1) == 0) {
          return offset;
        }
        if (entry >>> FROM_SHIFT == index) {
          return entry >>> 1 & TO_MASK;
        }
      }
      return offset;
    }

    /** Where ZGC begins to look for an entry; it goes on until it finds the entry, or a free place. */
    private static long hash(int index) {
      int key = ~index + (index << 15);
      key ^= key >>> 12;
      key += key << 2;
      key ^= key >>> 4;
      key *= 2057;
      key ^= key >>> 16;
      return key & 0xffff_ffffL;
    }
  }
}
