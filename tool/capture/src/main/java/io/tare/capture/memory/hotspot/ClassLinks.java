package io.tare.capture.memory.hotspot;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Where a loader keeps its first class, and a class the next of its loader. JDK 8's tables name neither: there the list shows itself
 * in that each class on it points back to the loader, at one and the same place.
 */
record ClassLinks(long firstAt, long nextAt) {
  private static final int LOADER_BYTES = 192;
  private static final int MOST_GAP = 64;
  private static final int PROOF = 20;

  static ClassLinks of(Vm vm) throws Unreadable {
    return vm.has("ClassLoaderData._klasses") && vm.has("Klass._next_link")
        ? new ClassLinks(vm.offset("ClassLoaderData._klasses"), vm.offset("Klass._next_link"))
        : byShape(vm, bootLoader(vm));
  }

  private static ClassLinks byShape(Vm vm, long loader) throws Unreadable {
    long lowest = vm.offset("Klass._next_sibling") + 8;
    for (int firstAt = 0; firstAt < LOADER_BYTES; firstAt += 8) {
      long first = vm.memory().u64(loader + firstAt).orElse(0);
      for (long backAt = lowest; vm.isPointer(first) && backAt < lowest + MOST_GAP; backAt += 8) {
        if (pointsBack(vm, first, backAt, loader)) {
          Optional<ClassLinks> links = next(vm, first, new Back(backAt, loader), firstAt);
          if (links.isPresent()) {
            return links.get();
          }
        }
      }
    }
    throw new Unreadable("the list of a loader's classes is not found");
  }

  private record Back(long at, long loader) {}

  private static Optional<ClassLinks> next(Vm vm, long first, Back back, int firstAt) {
    for (long nextAt = back.at() - MOST_GAP; nextAt <= back.at() + MOST_GAP; nextAt += 8) {
      if (isList(vm, first, back, nextAt)) {
        return Optional.of(new ClassLinks(firstAt, nextAt));
      }
    }
    return Optional.empty();
  }

  private static boolean isList(Vm vm, long first, Back back, long nextAt) {
    Set<Long> seen = new HashSet<>();
    long klass = first;
    while (seen.size() < PROOF) {
      if (!pointsBack(vm, klass, back.at(), back.loader()) || !seen.add(klass)) {
        return false;
      }
      klass = vm.memory().u64(klass + nextAt).orElse(0);
    }
    return true;
  }

  private static boolean pointsBack(Vm vm, long klass, long backAt, long loader) {
    return vm.isPointer(klass) && vm.memory().u64(klass + backAt).orElse(0) == loader;
  }

  /** The boot loader has no object, and is the eldest: the last such of the list. */
  static long bootLoader(Vm vm) throws Unreadable {
    Set<Long> seen = new HashSet<>();
    long boot = 0;
    long loader = vm.staticWord("ClassLoaderDataGraph._head");
    while (loader != 0 && seen.size() < vm.limits().loaders() && seen.add(loader)) {
      if (vm.word(loader, "ClassLoaderData._class_loader") == 0 && !isHidden(vm, loader)) {
        boot = loader;
      }
      loader = vm.word(loader, "ClassLoaderData._next");
    }
    if (boot == 0) {
      throw new Unreadable("no boot loader is found");
    }
    return boot;
  }

  /** A hidden class of the boot loader hangs on a loader of its own. */
  private static boolean isHidden(Vm vm, long loader) throws Unreadable {
    String[] names = {"ClassLoaderData._has_class_mirror_holder", "ClassLoaderData._is_anonymous"};
    return vm.has(names) && vm.u8(vm.at(loader, names)) != 0;
  }
}
