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
      case "G1" -> RegionsWalk.G1Walk.walk(vm, layout, heap);
      case "Serial" -> SerialWalk.walk(vm, layout, heap);
      case "Parallel" -> ParallelWalk.walk(vm, layout, heap);
      case "ConcMarkSweep" -> CmsWalk.walk(vm, layout, heap);
      case "Shenandoah" -> RegionsWalk.ShenandoahWalk.walk(vm, layout, heap);
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

  /** Serial's two generations: eden, two survivor spaces, and the tenured space. */
  static final class SerialWalk {
    private SerialWalk() {}

    static void walk(Vm vm, Layout layout, long heap) throws Unreadable {
      young(vm, layout, heap);
      Spaces.contiguous(vm, layout, "old", vm.word(old(vm, heap), "TenuredGeneration._the_space",
          "OneContigSpaceCardGeneration._the_space"));
    }

    static void young(Vm vm, Layout layout, long heap) throws Unreadable {
      long young = young(vm, heap);
      Spaces.contiguous(vm, layout, "eden", vm.word(young, "DefNewGeneration._eden_space"));
      Spaces.contiguous(vm, layout, "survivor", vm.word(young, "DefNewGeneration._from_space"));
      Spaces.contiguous(vm, layout, "survivor", vm.word(young, "DefNewGeneration._to_space"));
    }

    static long young(Vm vm, long heap) throws Unreadable {
      return generation(vm, heap, 0, "SerialHeap._young_gen", "GenCollectedHeap._young_gen");
    }

    static long old(Vm vm, long heap) throws Unreadable {
      return generation(vm, heap, 1, "SerialHeap._old_gen", "GenCollectedHeap._old_gen");
    }

    /** JDK 8 keeps its generations in an array. */
    private static long generation(Vm vm, long heap, int index, String... fields) throws Unreadable {
      return vm.has(fields) || !vm.has("GenCollectedHeap._gens")
          ? vm.word(heap, fields)
          : vm.word(vm.at(heap, "GenCollectedHeap._gens") + 8L * index);
    }
  }
}

/** Parallel's two generations: static until JDK 27. */
final class ParallelWalk {
  private ParallelWalk() {}

  static void walk(Vm vm, Layout layout, long heap) throws Unreadable {
    long young = vm.word(heap, "ParallelScavengeHeap._young_gen");
    Spaces.mutable(vm, layout, "eden", vm.word(young, "PSYoungGen._eden_space"));
    Spaces.mutable(vm, layout, "survivor", vm.word(young, "PSYoungGen._from_space"));
    Spaces.mutable(vm, layout, "survivor", vm.word(young, "PSYoungGen._to_space"));
    long old = vm.word(heap, "ParallelScavengeHeap._old_gen");
    Spaces.mutable(vm, layout, "old", vm.word(old, "PSOldGen._object_space"));
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
