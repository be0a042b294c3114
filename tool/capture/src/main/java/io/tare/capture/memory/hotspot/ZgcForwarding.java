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

  /** One table before JDK 21. Later each generation has one within the heap's object, where only its length before its address tells. */
  static List<Table> tables(Vm vm, String z) throws Unreadable {
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
