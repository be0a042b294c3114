package io.tare.capture.memory.hotspot;

import io.tare.capture.memory.FakeMemory;
import io.tare.capture.memory.Mappings;

/** A small JVM with G1: three heap regions, two threads, a card table, a bitmap that only the heap's object knows, a code heap. */
final class FakeG1 {
  static final long HEAP = 0x10000000;
  static final long REGION_BYTES = 1 << 20;
  static final long HEAP_BYTES = 4 * REGION_BYTES;
  static final long CARDS = 0x20000000;
  static final long BITMAP = 0x30000000;
  static final long OBJECT = 0x700010;
  static final long REGIONS = 0x720010;
  static final long THREADS = 0x740000;
  static final long STACKS = 0x40000000;

  private FakeG1() {}

  static FakeJvm in(FakeMemory memory) {
    memory.map(Mappings.anonymous(HEAP, HEAP_BYTES)).map(Mappings.anonymous(CARDS, HEAP_BYTES / 512))
        .map(Mappings.anonymous(BITMAP, HEAP_BYTES / 64)).map(Mappings.anonymous(STACKS, 4 << 20));
    FakeJvm jvm = new FakeJvm(memory);
    jvm.flag("UseG1GC", true).flag("MaxHeapSize", HEAP_BYTES).flag("ThreadStackSize", 1024).flag("Unheard", 7)
        .flagTable();
    jvm.staticField("Abstract_VM_Version", "_s_vm_release", 0x401000);
    memory.text(0x401000, "25.0.3+9-LTS");
    heap(jvm);
    threads(jvm);
    return jvm;
  }

  private static void heap(FakeJvm jvm) {
    jvm.staticField("Universe", "_collectedHeap", OBJECT).field("CollectedHeap", "_reserved", 0x30)
        .field("MemRegion", "_word_size", 8).type("G1CollectedHeap", 512)
        .field("G1CollectedHeap", "_hrm", 0x80).field("G1HeapRegionManager", "_regions", 8)
        .field("G1HeapRegionTable", "_base", 16).field("G1HeapRegionTable", "_length", 24)
        .field("G1HeapRegion", "_bottom", 0).field("G1HeapRegion", "_end", 8).field("G1HeapRegion", "_top", 16)
        .field("G1HeapRegion", "_type", 24).constant("G1HeapRegionType::EdenTag", 2)
        .constant("G1HeapRegionType::OldMask", 8).constant("G1HeapRegionType::FreeTag", 0)
        .staticField("BarrierSet", "_barrier_set", 0x730010).field("CardTableBarrierSet", "_card_table", 8)
        .field("CardTable", "_byte_map", 0).field("CardTable", "_byte_map_size", 8);
    FakeMemory memory = jvm.memory();
    memory.zeros(OBJECT, 1024).u64(OBJECT + 0x30, HEAP).u64(OBJECT + 0x38, HEAP_BYTES / 8)
        .u64(OBJECT + 0x88 + 16, REGIONS).u64(OBJECT + 0x88 + 24, 4);
    memory.u64(OBJECT + 0x100, BITMAP).u64(OBJECT + 0x108, BITMAP + HEAP_BYTES / 64);
    memory.u64(0x730018, 0x730100).u64(0x730100, CARDS).u64(0x730108, HEAP_BYTES / 512);
    region(memory, 0, 2, REGION_BYTES);
    region(memory, 1, 8, 4711 * 8);
    region(memory, 2, 0, 0);
    memory.u64(REGIONS + 24, 0);
  }

  private static void region(FakeMemory memory, int index, int tag, long used) {
    long region = REGIONS + 0x100 + 64L * index;
    long bottom = HEAP + index * REGION_BYTES;
    memory.u64(REGIONS + 8L * index, region).u64(region, bottom).u64(region + 8, bottom + REGION_BYTES)
        .u64(region + 16, bottom + used).u32(region + 24, tag);
  }

  private static void threads(FakeJvm jvm) {
    jvm.staticField("ThreadsSMRSupport", "_java_thread_list", THREADS).field("ThreadsList", "_length", 4)
        .field("ThreadsList", "_threads", 16).field("JavaThread", "_stack_base", 8)
        .field("JavaThread", "_stack_size", 16)
        .field("Thread", "_osthread", 24).field("OSThread", "_thread_id", 4);
    FakeMemory memory = jvm.memory();
    memory.u32(THREADS + 4, 2).u64(THREADS + 16, THREADS + 64);
    for (int i = 0; i < 2; i++) {
      long thread = THREADS + 0x100 + 64L * i;
      memory.u64(THREADS + 64 + 8L * i, thread).u64(thread + 8, STACKS + (2 << 20) * (i + 1L)).u64(thread + 16, 1 << 20)
          .u64(thread + 24, thread + 40).u32(thread + 44, 1000 + i);
    }
  }
}
