package io.tare.capture.memory.hotspot;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Goes through the loaders and, as far as needed, their classes, for the pointers into metaspace that they hold. */
final class ClassesWalk {
  private static final long CHUNK_BYTES = 4L << 20;
  private static final int CLASSES_PER_LOADER = 2_000;

  private final Vm vm;
  private final SortedMap<Long, Long> classes = new TreeMap<>();
  private final SortedMap<Long, Long> metadata = new TreeMap<>();
  private int looked;

  private ClassesWalk(Vm vm) {
    this.vm = vm;
  }

  /**
   * The lowest pointer into each 4 MB chunk, ascending.
   *
   * @param classes pointers to classes
   * @param metadata pointers to constant pools and method lists
   */
  record Pointers(List<Long> classes, List<Long> metadata) {
    Pointers {
      classes = List.copyOf(classes);
      metadata = List.copyOf(metadata);
    }
  }

  static Pointers pointers(Vm vm, Layout layout) {
    ClassesWalk walk = new ClassesWalk(vm);
    try {
      walk.loaders();
    } catch (Unreadable cutOff) {
      layout.problem("loaders", cutOff);
    }
    return new Pointers(List.copyOf(walk.classes.values()), List.copyOf(walk.metadata.values()));
  }

  private void loaders() throws Unreadable {
    Set<Long> seen = new HashSet<>();
    long loader = vm.staticWord("ClassLoaderDataGraph._head");
    while (loader != 0 && seen.add(loader) && seen.size() < vm.limits().loaders()) {
      classes(vm.word(loader, "ClassLoaderData._klasses"));
      loader = vm.word(loader, "ClassLoaderData._next");
    }
  }

  private void classes(long first) {
    Set<Long> seen = new HashSet<>();
    long klass = first;
    try {
      while (klass != 0 && seen.add(klass) && seen.size() < CLASSES_PER_LOADER && looked < vm.limits().classes()) {
        looked++;
        note(classes, klass);
        if (vm.i32(vm.at(klass, "Klass._layout_helper")) >= 0) {
          note(metadata, vm.word(klass, "InstanceKlass._constants"));
          note(metadata, vm.word(klass, "InstanceKlass._methods"));
        }
        klass = vm.word(klass, "Klass._next_link");
      }
    } catch (Unreadable absent) {
      // The next loader's classes may be present: what was noted so far stays.
      looked++;
    }
  }

  private static void note(SortedMap<Long, Long> lowest, long pointer) {
    if (pointer > 0) {
      lowest.merge(pointer / CHUNK_BYTES, pointer, Math::min);
    }
  }
}
