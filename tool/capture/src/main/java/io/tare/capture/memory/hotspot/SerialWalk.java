package io.tare.capture.memory.hotspot;

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
