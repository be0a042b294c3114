package io.tare.capture.memory.hotspot;

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
