package io.tare.capture.memory.elf;

import io.tare.capture.door.ForeignFile;
import io.tare.capture.kernel.FileStatus;
import io.tare.capture.memory.elf.ElfHeaders.ElfSegment;
import io.tare.formats.NotThisFormat;
import io.tare.model.proc.Mapping;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a file defines some variables. The answers of the last few files are kept, for a recorder asks for the same ones at every ledger
 * and a library's tables are megabytes; a file that was written to or replaced is read anew.
 *
 * @param leftOut what of the file was not looked at, in words
 */
public record FileSymbols(List<ElfSegment> segments, Map<String, Long> symbols, List<String> leftOut) {
  private static final int MOST_KEPT = 16;
  private static final Map<Key, FileSymbols> KEPT = new LinkedHashMap<>();

  public FileSymbols {
    segments = List.copyOf(segments);
    symbols = Map.copyOf(symbols);
    leftOut = List.copyOf(leftOut);
  }

  /** What a file was asked, and which state of it. */
  private record Key(FileStatus file, Set<String> names) {}

  public static FileSymbols of(ForeignFile file, Set<String> names) throws IOException, NotThisFormat {
    Key key = new Key(file.status(), Set.copyOf(names));
    FileSymbols kept = kept(key);
    if (kept != null) {
      return kept;
    }
    // Outside of the lock: a file can make its reader hang.
    ElfSymbols elf = ElfSymbols.of(file);
    Map<String, Long> symbols = elf.lookup(names);
    FileSymbols read = new FileSymbols(elf.segments(), symbols, elf.leftOut());
    if (!file.hasChanged()) {
      keep(key, read);
    }
    return read;
  }

  private static @Nullable FileSymbols kept(Key key) {
    synchronized (KEPT) {
      return KEPT.get(key);
    }
  }

  private static void keep(Key key, FileSymbols read) {
    synchronized (KEPT) {
      if (KEPT.size() >= MOST_KEPT) {
        KEPT.remove(KEPT.keySet().iterator().next());
      }
      KEPT.put(key, read);
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
