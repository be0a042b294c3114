package io.tare.capture.memory.hotspot;

import io.tare.model.jvm.JvmRegion.Purpose;

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
