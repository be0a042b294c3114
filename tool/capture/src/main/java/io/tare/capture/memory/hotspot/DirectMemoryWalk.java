package io.tare.capture.memory.hotspot;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What direct buffers hold, as {@code java.nio.Bits} counts it for their limit. */
final class DirectMemoryWalk {
  private static final String COUNTING_CLASS = "java/nio/Bits";
  private static final int MOST_BOOT_CLASSES = 50_000;
  private static final int MOST_KNOWN = 1_000;
  /**
   * What an earlier reading found: who weighs many processes again and again looks through a thousand classes of each only once.
   */
  private static final Map<Loader, Seen> KNOWN = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Loader, Seen> eldest) {
      return size() > MOST_KNOWN;
    }
  });

  private record Loader(String process, long address) {}

  /**
   * How far the boot loader's list was looked through. A class never moves and, of this loader, never goes; a new one is put in front.
   *
   * @param newest the first of the list then: what follows it is known
   * @param found the class, 0 where there was none. Whether it is still that one, and of that process, its name says
   */
  private record Seen(long newest, long found) {}

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
    Loader loader = new Loader(vm.process(), ClassLinks.bootLoader(vm));
    Seen known = vm.process().isEmpty() ? null : KNOWN.get(loader);
    if (known != null && known.found() != 0 && isStillIt(vm, known.found())) {
      return Optional.of(known.found());
    }
    ClassLinks links = ClassLinks.of(vm);
    long newest = vm.word(loader.address() + links.firstAt());
    long end = known == null || known.found() != 0 ? 0 : known.newest();
    Optional<Long> found = amongClasses(vm, newest, links.nextAt(), end);
    KNOWN.put(loader, new Seen(newest, found.orElse(0L)));
    return found;
  }

  private static boolean isStillIt(Vm vm, long klass) {
    try {
      return isNamed(vm, klass, new JavaFields(vm));
    } catch (Unreadable ofAnotherProcess) {
      return false;
    }
  }

  private static boolean isNamed(Vm vm, long klass, JavaFields names) throws Unreadable {
    long name = vm.word(klass + vm.offset("Klass._name"));
    return vm.u16(name + vm.offset("Symbol._length")) == COUNTING_CLASS.length()
        && names.symbol(name).equals(COUNTING_CLASS);
  }

  /** Up to {@code end}, which is known to be none, as all behind it. */
  private static Optional<Long> amongClasses(Vm vm, long first, long nextAt, long end) throws Unreadable {
    JavaFields names = new JavaFields(vm);
    Set<Long> seen = new HashSet<>();
    long nameAt = vm.offset("Klass._name");
    long lengthAt = vm.offset("Symbol._length");
    long klass = first;
    while (klass != 0 && klass != end && seen.size() < MOST_BOOT_CLASSES && seen.add(klass)) {
      long name = vm.word(klass + nameAt);
      if (vm.u16(name + lengthAt) == COUNTING_CLASS.length() && names.symbol(name).equals(COUNTING_CLASS)) {
        return Optional.of(klass);
      }
      klass = vm.word(klass + nextAt);
    }
    return Optional.empty();
  }
}
