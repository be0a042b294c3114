package io.tare.capture.memory.hotspot;

import io.tare.capture.memory.hotspot.JvmLibrary.SymbolNames;
import io.tare.model.AddressRange;
import io.tare.model.jvm.JvmRegion.Purpose;
import io.tare.model.proc.Mapping;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The nodes of metaspace. No table names them; an unstripped library names the list that they hang on, and a node proves itself
 * by telling its base and its size twice. Without that name the nodes are found by what the classes point to.
 */
final class MetaspaceWalk {
  private static final int MOST_NODES = 100_000;
  private static final int LIST_AT = 8;
  private static final int FIRST_NODE_AT = 16;
  private static final int BASE_AT = 8;
  private static final int SIZE_AT = 16;
  private static final int LAST_REPEAT_AT = 96;

  private MetaspaceWalk() {}

  static void walk(Vm vm, Layout layout) throws Unreadable {
    boolean classSpace = byList(vm, layout, SymbolNames.CLASS_METASPACE, Purpose.CLASS_SPACE, "class space");
    boolean nodes = byList(vm, layout, SymbolNames.NONCLASS_METASPACE, Purpose.METASPACE, "metaspace node");
    if (!classSpace || !nodes) {
      ClassesWalk.Pointers pointers = ClassesWalk.pointers(vm, layout);
      if (!classSpace) {
        ClassSpaceGuess.add(vm, layout, pointers);
      }
      if (!nodes) {
        NodeGuess.add(vm, layout, pointers);
      }
    }
  }

  private static boolean byList(Vm vm, Layout layout, String symbol, Purpose purpose, String name) {
    OptionalLong context = vm.symbols().address(symbol);
    try {
      if (context.isEmpty() || vm.word(context.getAsLong()) == 0) {
        return false;
      }
      long list = vm.word(vm.word(context.getAsLong()) + LIST_AT);
      long node = vm.word(list + FIRST_NODE_AT);
      Set<Long> seen = new HashSet<>();
      while (node != 0 && seen.add(node) && seen.size() < MOST_NODES) {
        long base = vm.word(node + BASE_AT);
        long bytes = vm.word(node + SIZE_AT);
        if (!provesItself(vm, node, base, bytes)) {
          return false;
        }
        layout.region(purpose, name, base, base + bytes);
        node = vm.word(node);
      }
      return !seen.isEmpty();
    } catch (Unreadable otherLayout) {
      return false;
    }
  }

  /** Further on, the node has its base once more, followed by its size in words. */
  private static boolean provesItself(Vm vm, long node, long base, long bytes) throws Unreadable {
    if (base <= 0 || bytes <= 0 || (base | bytes) % vm.memory().pageBytes() != 0) {
      return false;
    }
    for (int at = SIZE_AT + 8; at <= LAST_REPEAT_AT; at += 8) {
      if (vm.word(node + at) == base && vm.word(node + at + 8) == bytes / 8) {
        return true;
      }
    }
    return false;
  }
}

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
    ClassLinks links = ClassLinks.of(vm);
    long loader = vm.staticWord("ClassLoaderDataGraph._head");
    while (loader != 0 && seen.add(loader) && seen.size() < vm.limits().loaders()) {
      classes(links, vm.word(loader + links.firstAt()));
      loader = vm.word(loader, "ClassLoaderData._next");
    }
  }

  private void classes(ClassLinks links, long first) {
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
        klass = vm.word(klass + links.nextAt());
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

/**
 * Metaspace nodes from the pointers that lead into them: a node begins at a multiple of its chunk size, and is one reservation,
 * so it ends where its mappings do, or after 64 MB.
 */
final class NodeGuess {
  private static final long CHUNK_BYTES = 4L << 20;
  private static final long NODE_BYTES = 64L << 20;

  private NodeGuess() {}

  static void add(Vm vm, Layout layout, ClassesWalk.Pointers pointers) {
    long end = 0;
    for (long pointer : pointers.metadata()) {
      if (pointer >= end && !isOwned(layout, pointer)) {
        long start = Math.max(pointer & -CHUNK_BYTES, startOfRun(vm, layout, pointer));
        end = Math.min(start + NODE_BYTES, endOfRun(vm, layout, pointer));
        layout.region(Purpose.METASPACE, "metaspace node", start, end);
      }
    }
  }

  static boolean isOwned(Layout layout, long address) {
    return layout.regions().stream().anyMatch(region -> region.range().contains(address));
  }

  /** Goes down through adjoining anonymous mappings, to where something else is known to end at the latest. */
  static long startOfRun(Vm vm, Layout layout, long from) {
    Optional<Mapping> mapping = vm.mappings().at(from);
    long start = from;
    while (mapping.isPresent() && mapping.get().isAnonymous()) {
      AddressRange range = new AddressRange(mapping.get().range().start(), start);
      long previous = layout.regions().stream().map(region -> region.range().intersection(range))
          .filter(shared -> !shared.isEmpty()).mapToLong(AddressRange::end).max().orElse(range.start());
      start = previous;
      mapping = previous > range.start() ? Optional.empty() : vm.mappings().at(previous - 1);
    }
    return start;
  }

  /** Goes up through adjoining anonymous mappings; a part that something else is known to own ends the run. */
  static long endOfRun(Vm vm, Layout layout, long from) {
    Optional<Mapping> mapping = vm.mappings().at(from);
    long end = from;
    while (mapping.isPresent() && mapping.get().isAnonymous()) {
      AddressRange range = new AddressRange(end, mapping.get().range().end());
      long next = layout.regions().stream().map(region -> region.range().intersection(range))
          .filter(shared -> !shared.isEmpty()).mapToLong(AddressRange::start).min().orElse(range.end());
      end = next;
      mapping = next < range.end() ? Optional.empty() : vm.mappings().at(next);
    }
    return end;
  }
}
