package io.tare.capture.memory.hotspot;

import java.util.ArrayList;
import java.util.List;

/**
 * Where ZGC moved an object to. A reference that it has not healed yet leads to the object's former place, which may be gone; the
 * forwarding table of that place tells the new one.
 */
final class ZgcForwarding {
  private static final int GRANULE_BITS = 21;
  private static final int MOST_ENTRIES = 1 << 18;
  private static final int FROM_SHIFT = 46;
  private static final long TO_MASK = (1L << 45) - 1;

  private final Vm vm;
  private final String z;
  private final List<Long> tables;

  private ZgcForwarding(Vm vm, String z, List<Long> tables) {
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

  /** One table before JDK 21; later each generation has one, inside of the heap's object: as long as the page table, and its like. */
  private static List<Long> tables(Vm vm, String z) throws Unreadable {
    long heap = vm.at(vm.staticWord("Universe._collectedHeap"), z + "CollectedHeap._heap");
    if (vm.has(z + "Heap._forwarding_table")) {
      long table = heap + vm.offset(z + "Heap._forwarding_table") + vm.offset(z + "ForwardingTable._map");
      return List.of(vm.word(table, z + "GranuleMapForForwarding._map"));
    }
    long pageTable = heap + vm.offset(z + "Heap._page_table") + vm.offset(z + "PageTable._map");
    long length = vm.word(pageTable);
    List<Long> tables = new ArrayList<>();
    int bytes = vm.sizeOf(z + "Heap");
    for (long at = heap; at + 16 <= heap + bytes; at += 8) {
      if (vm.word(at) == length && at != pageTable && vm.isPointer(vm.word(at + 8))) {
        tables.add(vm.word(at + 8));
      }
    }
    return tables;
  }

  /** The object's present address, as far as a table knows it; else the address that is asked for. */
  long follow(long address) {
    long view = Long.highestOneBit(address);
    long offset = address & (view - 1);
    for (long table : tables) {
      long forwarding = vm.memory().u64(table + 8 * (offset >>> GRANULE_BITS)).orElse(0);
      if (vm.isPointer(forwarding)) {
        return view | target(forwarding, offset);
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

  private long entry(long forwarding, long offset) throws Unreadable {
    long start = vm.word(vm.at(forwarding, z + "Forwarding._virtual"), z + "VirtualMemory._start");
    long index = (offset - start) >>> (vm.word(forwarding, z + "Forwarding._object_alignment_shift") & 63);
    long length = vm.word(vm.at(forwarding, z + "Forwarding._entries"), z + "AttachedArrayForForwarding._length");
    long entries = forwarding + vm.sizeOf(z + "Forwarding");
    for (long i = 0; i < Math.min(length, MOST_ENTRIES); i++) {
      long entry = vm.word(entries + 8 * i);
      if ((entry & 1) != 0 && entry >>> FROM_SHIFT == index) {
        return entry >>> 1 & TO_MASK;
      }
    }
    return offset;
  }
}
