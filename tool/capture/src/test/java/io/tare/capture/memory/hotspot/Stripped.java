package io.tare.capture.memory.hotspot;

import io.tare.capture.memory.FileBackedMemory;
import io.tare.capture.memory.LiveMemory;
import io.tare.capture.memory.MappedFiles;
import io.tare.capture.memory.MappingIndex;
import io.tare.capture.memory.hotspot.HotspotTables.HotspotLimits;
import io.tare.capture.memory.hotspot.JvmLibrary.JvmSymbols;
import io.tare.capture.memory.hotspot.JvmLibrary.SymbolNames;
import io.tare.formats.Parsed;
import io.tare.model.jvm.JvmLayout;
import io.tare.model.proc.Smaps;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a JVM as if its library had been stripped: only the exported tables are known. */
final class Stripped {
  private Stripped() {}

  static Parsed<JvmLayout> read(LiveMemory memory, Smaps smaps, Path procPid) throws Exception {
    MappingIndex mappings = new MappingIndex(smaps);
    Set<String> exported = SymbolNames.ALL.stream().filter(name -> name.startsWith("gHotSpotVM"))
        .collect(Collectors.toSet());
    try (FileBackedMemory complete = new FileBackedMemory(memory, mappings, procPid)) {
      JvmSymbols symbols = new JvmLibrary(mappings, new MappedFiles(procPid, complete)).symbols(exported);
      return HotspotTables.read(complete, mappings, symbols, HotspotLimits.DEFAULT);
    }
  }
}
