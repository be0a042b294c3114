package io.tare.capture.memory.hotspot;

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
