package io.tare.capture.memory.elf;

import io.tare.formats.NotThisFormat;
import io.tare.model.proc.Mapping;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The symbols of an executable or library file: the dynamic ones first, then the full table where the file was not stripped.
 * Addresses are those of the file; {@link #loadBias} says what to add in a process.
 */
public final class ElfSymbols implements AutoCloseable {
  private static final int WINDOW_BYTES = SymbolScan.SYMBOL_BYTES * 43_690;
  private static final int PAGE_MASK = 0xfff;

  private final FileChannel file;
  private final ElfBytes bytes;
  private final ElfHeaders headers;

  private ElfSymbols(FileChannel file) throws IOException, NotThisFormat {
    this.file = file;
    this.bytes = new ElfBytes(file);
    this.headers = ElfHeaders.read(bytes);
  }

  public static ElfSymbols open(Path path) throws IOException, NotThisFormat {
    FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
    try {
      return new ElfSymbols(file);
    } catch (IOException | NotThisFormat unfit) {
      file.close();
      throw unfit;
    }
  }

  /** The addresses of those of the names that the file defines as variables (functions are not looked at). A table that is cut off counts as far as it goes. */
  public Map<String, Long> lookup(Set<String> names) throws IOException {
    SymbolScan scan = new SymbolScan(names);
    List<ElfSection> tables = headers.sections().stream().filter(ElfSection::isSymbolTable)
        .sorted(Comparator.comparingLong(ElfSection::size)).toList();
    for (ElfSection table : tables) {
      if (!scan.isDone()) {
        scan(table, scan);
      }
    }
    return scan.found();
  }

  private void scan(ElfSection table, SymbolScan scan) throws IOException {
    if (table.link() < 0 || table.link() >= headers.sections().size()) {
      return;
    }
    ElfSection strings = headers.sections().get(table.link());
    if (isCutOff(table) || isCutOff(strings) || strings.size() > ElfBytes.MOST_AT_ONCE) {
      return;
    }
    byte[] names = bytes.at(strings.offset(), strings.size()).array();
    for (long at = 0; at < table.size() && !scan.isDone(); at += WINDOW_BYTES) {
      scan.scan(bytes.at(table.offset() + at, Math.min(WINDOW_BYTES, table.size() - at)).array(), names);
    }
  }

  private boolean isCutOff(ElfSection section) throws IOException {
    return section.offset() < 0 || section.size() < 0 || section.size() > file.size()
        || section.offset() > file.size() - section.size();
  }

  public Optional<ElfSection> section(String name) {
    return headers.sections().stream().filter(section -> section.name().equals(name)).findFirst();
  }

  public List<ElfSegment> segments() {
    return headers.segments();
  }

  /** What the loader added to the file's addresses, told from any mapping of the file that shows a segment's first page. */
  public OptionalLong loadBias(List<Mapping> mappingsOfThisFile) {
    return loadBias(segments(), mappingsOfThisFile);
  }

  static OptionalLong loadBias(List<ElfSegment> segments, List<Mapping> mappings) {
    for (Mapping mapping : mappings) {
      for (ElfSegment segment : segments) {
        if (segment.type() == ElfSegment.LOAD && (segment.offset() & ~PAGE_MASK) == mapping.offset()) {
          return OptionalLong.of(mapping.range().start() - (segment.address() & ~PAGE_MASK));
        }
      }
    }
    return OptionalLong.empty();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
