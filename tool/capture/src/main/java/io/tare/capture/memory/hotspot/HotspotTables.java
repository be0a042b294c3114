package io.tare.capture.memory.hotspot;

import io.tare.capture.memory.FileBackedMemory;
import io.tare.capture.memory.MappedFiles;
import io.tare.capture.memory.MappingIndex;
import io.tare.capture.memory.ProcessMemory;
import io.tare.formats.Parsed;
import io.tare.model.jvm.JvmLayout;
import io.tare.model.proc.Smaps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

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
      walkAll(complete, mappings, symbols, limits, layout);
    } catch (Unreadable noTables) {
      layout.problem("tables", noTables);
    } catch (IOException fileCloseFailed) {
      throw new UncheckedIOException(fileCloseFailed);
    }
    if (memory.budgetExceeded()) {
      layout.problem("memory", "the budget for reading is spent: what follows in the walk is missing");
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
    walkAll(memory, mappings, symbols, limits, layout);
    return layout.toParsed();
  }

  private static void walkAll(ProcessMemory memory, MappingIndex mappings, JvmSymbols symbols, HotspotLimits limits,
      Layout layout) {
    try {
      StructTables tables = new TableReader(memory, symbols, limits).read(layout);
      Vm vm = new Vm(memory, mappings, tables, symbols, limits);
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
}
