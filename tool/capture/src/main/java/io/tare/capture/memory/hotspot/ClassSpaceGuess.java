package io.tare.capture.memory.hotspot;

import io.tare.model.jvm.JvmRegion.Purpose;
import java.util.OptionalLong;

/** The class space from the lowest class that no archive holds: a reservation of the size that the flag gives. */
final class ClassSpaceGuess {
  private static final long ALIGNMENT = 4L << 20;

  private ClassSpaceGuess() {}

  static void add(Vm vm, Layout layout, ClassesWalk.Pointers pointers) {
    OptionalLong bytes = layout.number("flag.CompressedClassSpaceSize");
    if (bytes.isEmpty() || !layout.fact("flag.UseCompressedClassPointers").orElse("").equals("true")) {
      return;
    }
    for (long pointer : pointers.classes()) {
      if (!NodeGuess.isOwned(layout, pointer)) {
        long start = Math.max(pointer & -ALIGNMENT, NodeGuess.startOfRun(vm, layout, pointer));
        long end = Math.min(start + bytes.getAsLong(), NodeGuess.endOfRun(vm, layout, pointer));
        layout.region(Purpose.CLASS_SPACE, "class space", start, end);
        return;
      }
    }
  }
}
