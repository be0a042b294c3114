package io.tare.capture.memory.hotspot;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** What direct buffers hold, as {@code java.nio.Bits} counts it for their limit. */
final class DirectMemoryWalk {
  private static final String COUNTING_CLASS = "java/nio/Bits";
  private static final int MOST_BOOT_CLASSES = 50_000;

  private DirectMemoryWalk() {}

  static void walk(Vm vm, Layout layout) throws Unreadable {
    Optional<Long> bits = find(vm);
    if (bits.isPresent()) {
      JavaObjects objects = JavaObjects.of(vm, layout);
      boolean modern = objects.hasField(bits.get(), "RESERVED_MEMORY");
      layout.fact("direct.reserved", objects.atomicLong(bits.get(), modern ? "RESERVED_MEMORY" : "reservedMemory"));
      layout.fact("direct.count", objects.atomicLong(bits.get(), modern ? "COUNT" : "count"));
      layout.fact("direct.max", objects.staticLong(bits.get(), modern ? "MAX_MEMORY" : "maxMemory"));
    }
  }

  private static Optional<Long> find(Vm vm) throws Unreadable {
    Set<Long> seen = new HashSet<>();
    long loader = vm.staticWord("ClassLoaderDataGraph._head");
    while (loader != 0 && seen.size() < vm.limits().loaders() && seen.add(loader)) {
      // The boot loader is the one without an object.
      boolean hidden = vm.has("ClassLoaderData._has_class_mirror_holder")
          && vm.u8(vm.at(loader, "ClassLoaderData._has_class_mirror_holder")) != 0;
      if (!hidden && vm.word(loader, "ClassLoaderData._class_loader") == 0) {
        return amongClasses(vm, vm.word(loader, "ClassLoaderData._klasses"));
      }
      loader = vm.word(loader, "ClassLoaderData._next");
    }
    return Optional.empty();
  }

  private static Optional<Long> amongClasses(Vm vm, long first) throws Unreadable {
    JavaFields names = new JavaFields(vm);
    Set<Long> seen = new HashSet<>();
    long nameAt = vm.offset("Klass._name");
    long nextAt = vm.offset("Klass._next_link");
    long lengthAt = vm.offset("Symbol._length");
    long klass = first;
    while (klass != 0 && seen.size() < MOST_BOOT_CLASSES && seen.add(klass)) {
      long name = vm.word(klass + nameAt);
      if (vm.u16(name + lengthAt) == COUNTING_CLASS.length() && names.symbol(name).equals(COUNTING_CLASS)) {
        return Optional.of(klass);
      }
      klass = vm.word(klass + nextAt);
    }
    return Optional.empty();
  }
}
