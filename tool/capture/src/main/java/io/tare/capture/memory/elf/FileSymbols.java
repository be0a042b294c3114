package io.tare.capture.memory.elf;

import io.tare.formats.NotThisFormat;
import io.tare.model.proc.Mapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Where a file defines some variables. The answers of the last few files are kept, for a recorder asks for the same ones at every ledger
 * and a library's tables are megabytes; a file that was written to or replaced is read anew.
 */
public record FileSymbols(List<ElfSegment> segments, Map<String, Long> symbols) {
  private static final int MOST_KEPT = 16;
  private static final String IDENTITY = "unix:dev,ino,size,ctime,lastModifiedTime";
  private static final Map<Key, FileSymbols> KEPT = new LinkedHashMap<>();

  public FileSymbols {
    segments = List.copyOf(segments);
    symbols = Map.copyOf(symbols);
  }

  /** What a file was asked, and which state of it. */
  private record Key(Map<String, Object> identity, Set<String> names) {}

  public static FileSymbols of(Path file, Set<String> names) throws IOException, NotThisFormat {
    Key key = new Key(Map.copyOf(Files.readAttributes(file, IDENTITY)), Set.copyOf(names));
    synchronized (KEPT) {
      FileSymbols kept = KEPT.get(key);
      if (kept == null) {
        kept = read(file, names);
        if (KEPT.size() >= MOST_KEPT) {
          KEPT.remove(KEPT.keySet().iterator().next());
        }
        KEPT.put(key, kept);
      }
      return kept;
    }
  }

  private static FileSymbols read(Path file, Set<String> names) throws IOException, NotThisFormat {
    try (ElfSymbols elf = ElfSymbols.open(file)) {
      return new FileSymbols(elf.segments(), elf.lookup(names));
    }
  }

  /** The addresses in a process that maps the file so; none when its mappings don't tell where the loader put it. */
  public Map<String, Long> addresses(List<Mapping> mappingsOfThisFile) {
    OptionalLong bias = ElfSymbols.loadBias(segments, mappingsOfThisFile);
    Map<String, Long> addresses = new HashMap<>();
    bias.ifPresent(added -> symbols.forEach((name, value) -> addresses.put(name, value + added)));
    return addresses;
  }
}
