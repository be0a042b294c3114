package io.tare.capture.memory.hotspot;

import io.tare.capture.memory.FileBackedMemory;
import io.tare.capture.memory.MappedFiles;
import io.tare.capture.memory.MappingIndex;
import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.hotspot.JvmLibrary.JvmSymbols;
import io.tare.capture.memory.hotspot.JvmLibrary.SymbolNames;
import io.tare.capture.memory.hotspot.StructTables.TableReader;
import io.tare.formats.Parsed;
import io.tare.model.jvm.JvmLayout;
import io.tare.model.jvm.JvmRegion.Purpose;
import io.tare.model.proc.Smaps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads where a HotSpot JVM keeps what, from the structure tables in its memory, without its knowledge or help.
 *
 * <p>What a JDK's tables do not have is a problem, never an error: the layout is then poorer.
 */
public final class HotspotTables {
  private HotspotTables() {}

  /**
   * Reads what can be read within the limits; the same memory gives the same layout.
   *
   * @param memory of the process
   * @param smaps its mappings, taken shortly before
   * @param procPid its folder {@code /proc/PID}, to open the mapped files by
   */
  public static Parsed<JvmLayout> read(ProcessMemory memory, Smaps smaps, Path procPid, HotspotLimits limits) {
    Layout layout = new Layout();
    MappingIndex mappings = new MappingIndex(smaps);
    try (FileBackedMemory complete = new FileBackedMemory(memory, mappings, procPid)) {
      JvmLibrary library = new JvmLibrary(mappings, new MappedFiles(procPid, complete));
      JvmSymbols symbols = symbols(library, layout);
      walkAll(complete, mappings, new Known(symbols, procPid.toString()), limits, layout);
    } catch (Unreadable noTables) {
      layout.problem("tables", noTables);
    } catch (IOException fileCloseFailed) {
      throw new UncheckedIOException(fileCloseFailed);
    }
    return outcome(layout, memory);
  }

  /** What was found, with the reason where that is only a part. */
  private static Parsed<JvmLayout> outcome(Layout layout, ProcessMemory memory) {
    if (memory.budgetExceeded()) {
      layout.problem("memory",
          "reading was given up after " + memory.ranOut() + ": what follows in the walk is missing");
    }
    return layout.toParsed();
  }

  private static JvmSymbols symbols(JvmLibrary library, Layout layout) throws Unreadable {
    try {
      return library.symbols(SymbolNames.ALL);
    } finally {
      library.leftOut().forEach(note -> layout.problem("symbols", note));
    }
  }

  /** Later walks use what earlier ones found. */
  private static Map<String, Walk> walks() {
    Map<String, Walk> walks = new LinkedHashMap<>();
    walks.put("version", VersionWalk::walk);
    walks.put("flags", FlagsWalk::walk);
    walks.put("heap", HeapWalk::walk);
    walks.put("archive", ArchiveWalk::walk);
    walks.put("code cache", CodeCacheWalk::walk);
    walks.put("threads", ThreadsWalk::walk);
    walks.put("metaspace", MetaspaceWalk::walk);
    walks.put("machinery", MachineryWalk::walk);
    walks.put("collector", CollectorWalk::walk);
    walks.put("loaders", LoadersWalk::walk);
    walks.put("direct memory", DirectMemoryWalk::walk);
    return walks;
  }

  /** Reads by symbols that are known already. */
  static Parsed<JvmLayout> read(ProcessMemory memory, MappingIndex mappings, JvmSymbols symbols, HotspotLimits limits) {
    Layout layout = new Layout();
    walkAll(memory, mappings, new Known(symbols, ""), limits, layout);
    return outcome(layout, memory);
  }

  /** What is known of the JVM before its memory is read. */
  private record Known(JvmSymbols symbols, String process) {}

  private static void walkAll(ProcessMemory memory, MappingIndex mappings, Known known, HotspotLimits limits,
      Layout layout) {
    try {
      StructTables tables = new TableReader(memory, known.symbols(), limits).read(layout);
      Vm vm = new Vm(memory, mappings, tables, known.symbols(), limits, known.process());
      for (Map.Entry<String, Walk> walk : walks().entrySet()) {
        step(walk.getKey(), walk.getValue(), vm, layout);
      }
    } catch (Unreadable noTables) {
      layout.problem("tables", noTables);
    }
  }

  private static void step(String name, Walk walk, Vm vm, Layout layout) {
    try {
      walk.walk(vm, layout);
    } catch (Unreadable unreadable) {
      layout.problem(name, unreadable);
    }
  }

  /** Finds one kind of thing, and adds it to the layout. */
  private interface Walk {
    void walk(Vm vm, Layout layout) throws Unreadable;
  }

  /**
   * How far the walks follow structures that may be torn or hostile. Beyond a limit a walk stops, and says so.
   *
   * @param tableEntries most entries of one structure table
   * @param threads most Java threads
   * @param loaders most class loaders
   * @param classes most classes that are looked at, over all loaders
   * @param heapParts most regions or pages of the heap
   * @param textLength longest name that is kept whole
   */
  public record HotspotLimits(
      int tableEntries,
      int threads,
      int loaders,
      int classes,
      int heapParts,
      int textLength) {
    public static final HotspotLimits DEFAULT = new HotspotLimits(20_000, 100_000, 200_000, 400_000, 200_000, 256);
  }
}

/** The JVM's version, as {@code 17.0.15+6-Debian-1deb12u1}. */
final class VersionWalk {
  private VersionWalk() {}

  static void walk(Vm vm, Layout layout) throws Unreadable {
    long release = vm.staticWord("Abstract_VM_Version._s_vm_release", "VM_Version._s_vm_release");
    layout.fact("version", vm.text(release));
  }
}

/** Single pages and small areas of the machine: performance counters, polling pages. */
final class MachineryWalk {
  private static final int POLLING_PAGES = 2;

  private MachineryWalk() {}

  static void walk(Vm vm, Layout layout) throws Unreadable {
    int page = vm.memory().pageBytes();
    pages(vm, layout, SymbolNames.POLLING_PAGE, "polling page", POLLING_PAGES * page);
    pages(vm, layout, SymbolNames.ASSERT_POISON, "assertion page", page);
    long start = vm.staticWord("PerfMemory._start");
    if (start != 0) {
      layout.region(Purpose.MACHINERY, "performance counters", start, start + vm.staticWord("PerfMemory._capacity"));
    }
  }

  private static void pages(Vm vm, Layout layout, String symbol, String name, int bytes) throws Unreadable {
    OptionalLong variable = vm.symbols().address(symbol);
    if (variable.isPresent()) {
      long start = vm.word(variable.getAsLong());
      if (start % vm.memory().pageBytes() == 0 && vm.mappings().at(start).isPresent()) {
        layout.region(Purpose.MACHINERY, name, start, start + bytes);
      }
    }
  }
}

/** How many classes and class loaders there are, and of which classes most loaders are. */
final class LoadersWalk {
  private static final int MOST_NAMED = 5_000;
  private static final int TOP = 5;
  private static final int WORD_BYTES = 8;

  private LoadersWalk() {}

  static void walk(Vm vm, Layout layout) throws Unreadable {
    counters(vm, layout);
    JavaObjects objects = JavaObjects.of(vm, layout);
    Map<String, Integer> byClass = new HashMap<>();
    Set<Long> seen = new HashSet<>();
    long loader = vm.staticWord("ClassLoaderDataGraph._head");
    while (loader != 0 && seen.size() < vm.limits().loaders() && seen.add(loader)) {
      if (seen.size() < MOST_NAMED) {
        byClass.merge(className(vm, objects, loader), 1, Integer::sum);
      }
      loader = vm.word(loader, "ClassLoaderData._next");
    }
    layout.fact("loaders.count", seen.size());
    layout.fact("loaders.classes", byClass.entrySet().stream()
        .filter(entry -> !entry.getKey().isEmpty())
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
        .limit(TOP).map(entry -> entry.getKey().replace('/', '.') + ": " + entry.getValue())
        .collect(Collectors.joining(", ")));
  }

  /** The class of the loader's object; empty for the boot loader, and where the object can't be read now. */
  private static String className(Vm vm, JavaObjects objects, long loader) {
    try {
      long handle = vm.word(loader, "ClassLoaderData._class_loader");
      boolean direct = vm.isOfType("ClassLoaderData._class_loader", "oop");
      return handle == 0 ? "" : objects.className(objects.classOf(direct ? handle : objects.fromHandle(handle)));
    } catch (Unreadable movedOrAbsent) {
      return "";
    }
  }

  private static void counters(Vm vm, Layout layout) {
    OptionalLong instances = counter(vm, SymbolNames.INSTANCE_CLASSES);
    OptionalLong arrays = counter(vm, SymbolNames.ARRAY_CLASSES);
    if (instances.isPresent() && arrays.isPresent()) {
      layout.fact("classes.count", instances.getAsLong() + arrays.getAsLong());
    }
    OptionalLong classWords = counter(vm, SymbolNames.CLASS_WORDS);
    OptionalLong otherWords = counter(vm, SymbolNames.NONCLASS_WORDS);
    if (classWords.isPresent() && otherWords.isPresent()) {
      layout.fact("classspace.used", WORD_BYTES * classWords.getAsLong());
      layout.fact("metaspace.used", WORD_BYTES * (classWords.getAsLong() + otherWords.getAsLong()));
    }
  }

  private static OptionalLong counter(Vm vm, String symbol) {
    OptionalLong address = vm.symbols().address(symbol);
    return address.isEmpty() ? OptionalLong.empty() : vm.memory().u64(address.getAsLong());
  }
}
