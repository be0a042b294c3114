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
    ClassLinks links = ClassLinks.of(vm);
    return amongClasses(vm, vm.word(ClassLinks.bootLoader(vm) + links.firstAt()), links.nextAt());
  }

  private static Optional<Long> amongClasses(Vm vm, long first, long nextAt) throws Unreadable {
    JavaFields names = new JavaFields(vm);
    Set<Long> seen = new HashSet<>();
    long nameAt = vm.offset("Klass._name");
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
