package io.tare.capture.memory.hotspot;

import io.tare.model.jvm.JvmRegion.Purpose;

/** The code cache: each segment's reservation and that of its segment map. JDK 8 has a single segment. */
final class CodeCacheWalk {
  private static final int MOST_HEAPS = 64;
  private static final int MOST_OBJECT_BYTES = 1024;

  private CodeCacheWalk() {}

  static void walk(Vm vm, Layout layout) throws Unreadable {
    if (!vm.has("CodeCache._heaps")) {
      heap(vm, layout, vm.staticWord("CodeCache._heap"));
      return;
    }
    long array = vm.staticWord("CodeCache._heaps");
    long count = vm.u32(vm.at(array, "GrowableArrayBase._len", "GenericGrowableArray._len"));
    long data = vm.word(array, "GrowableArray<int>._data");
    for (int i = 0; i < Math.min(count, MOST_HEAPS); i++) {
      try {
        heap(vm, layout, vm.word(data + 8L * i));
      } catch (Unreadable unreadable) {
        layout.problem("code heap " + i, unreadable);
      }
    }
  }

  private static void heap(Vm vm, Layout layout, long heap) throws Unreadable {
    String name = name(vm, heap);
    space(vm, layout, Purpose.CODE, name, vm.at(heap, "CodeHeap._memory"));
    space(vm, layout, Purpose.CODE_SEGMENT_MAP, name, vm.at(heap, "CodeHeap._segmap"));
  }

  private static void space(Vm vm, Layout layout, Purpose purpose, String name, long space) throws Unreadable {
    layout.region(purpose, name, vm.word(space, "VirtualSpace._low_boundary"),
        vm.word(space, "VirtualSpace._high_boundary"));
  }

  /** The name's field is not in the table: it is the one pointer in the object that leads to {@code CodeHeap '…'}. */
  private static String name(Vm vm, long heap) throws Unreadable {
    int bytes = Math.min(vm.sizeOf("CodeHeap"), MOST_OBJECT_BYTES);
    for (int at = 0; at + 8 <= bytes; at += 8) {
      String text = vm.memory().cString(vm.word(heap + at), 64).orElse("");
      if (text.startsWith("CodeHeap '") || text.equals("CodeCache")) {
        return text.replace("CodeHeap '", "").replace("'", "");
      }
    }
    return "code cache";
  }
}
