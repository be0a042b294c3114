package io.tare.capture.memory.elf;

import io.tare.capture.door.FileContent;
import io.tare.capture.memory.elf.ElfHeaders.ElfBytes;
import io.tare.capture.memory.elf.ElfHeaders.ElfSection;
import io.tare.capture.memory.elf.ElfHeaders.ElfSegment;
import io.tare.formats.NotThisFormat;
import io.tare.model.proc.Mapping;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The symbols of an executable or library file: the dynamic ones first, then the full table where the file was not stripped.
 * Addresses are those of the file; {@link #loadBias} says what to add in a process. The file stays its opener's.
 */
public final class ElfSymbols {
  private static final int WINDOW_BYTES = SymbolScan.SYMBOL_BYTES * 43_690;
  private static final int PAGE_MASK = 0xfff;

  private final ElfBytes bytes;
  private final ElfHeaders headers;
  private final List<String> leftOut = new ArrayList<>();

  private ElfSymbols(FileContent file) throws IOException, NotThisFormat {
    this.bytes = new ElfBytes(file);
    this.headers = ElfHeaders.read(bytes);
  }

  public static ElfSymbols of(FileContent file) throws IOException, NotThisFormat {
    return new ElfSymbols(file);
  }

  /** What {@link #lookup} did not look at although the file has it, in words. */
  public List<String> leftOut() {
    return List.copyOf(leftOut);
  }

  /** The addresses of those of the names that the file defines as variables (functions are not looked at). A table that is cut off counts as far as it goes. */
  public Map<String, Long> lookup(Set<String> names) throws IOException {
    SymbolScan scan = new SymbolScan(names);
    List<ElfSection> tables = headers.sections().stream().filter(ElfSection::isSymbolTable)
        .sorted(Comparator.comparingLong(ElfSection::size)).toList();
    try {
      for (ElfSection table : tables) {
        if (!scan.isDone()) {
          scan(table, scan);
        }
      }
    } catch (ElfBytes.Spent spent) {
      leftOut.add(String.valueOf(spent.getMessage()));
    }
    return scan.found();
  }

  private void scan(ElfSection table, SymbolScan scan) throws IOException {
    if (table.link() < 0 || table.link() >= headers.sections().size()) {
      return;
    }
    ElfSection strings = headers.sections().get(table.link());
    if (isCutOff(table) || isCutOff(strings)) {
      return;
    }
    if (isAbsurd(table) || isAbsurd(strings)) {
      leftOut.add("a symbol table of " + table.size() + " bytes with names of " + strings.size()
          + " bytes was not looked at: it has more than " + (ElfBytes.MOST_AT_ONCE >> 20) + " MB");
      return;
    }
    byte[] names = bytes.at(strings.offset(), strings.size()).array();
    for (long at = 0; at < table.size() && !scan.isDone(); at += WINDOW_BYTES) {
      scan.scan(bytes.at(table.offset() + at, Math.min(WINDOW_BYTES, table.size() - at)).array(), names);
    }
  }

  private static boolean isAbsurd(ElfSection section) {
    return section.size() > ElfBytes.MOST_AT_ONCE;
  }

  private boolean isCutOff(ElfSection section) throws IOException {
    return section.offset() < 0 || section.size() < 0 || section.size() > bytes.fileBytes()
        || section.offset() > bytes.fileBytes() - section.size();
  }

  public Optional<ElfSection> section(String name) {
    return headers.sections().stream().filter(section -> section.name().equals(name)).findFirst();
  }

  /** False for a file that was stripped of its section table, too: it runs without. */
  public boolean hasSections() {
    return !headers.sections().isEmpty();
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

  /**
   * Looks for a few variables in large symbol tables: most symbols are passed over after one look at their type, or at three letters
   * of their name. Plain arrays and small methods, because this runs once, in a JVM that has just started.
   */
  static final class SymbolScan {
    static final int SYMBOL_BYTES = 24;
    private static final int TYPE_AT = 4;
    private static final int SECTION_AT = 6;
    private static final int VALUE_AT = 8;
    private static final int FUNCTION = 2;
    private static final int[] LETTERS = {5, 8, 11};
    private static final int LETTER_SETS = 1 << 15;

    private final Map<String, byte[]> wanted = new HashMap<>();
    private final Map<String, Long> found = new HashMap<>();
    private final boolean[] letterSets = new boolean[LETTER_SETS];

    SymbolScan(Set<String> names) {
      for (String name : names) {
        byte[] terminated = Arrays.copyOf(name.getBytes(StandardCharsets.ISO_8859_1), name.length() + 1);
        wanted.put(name, terminated);
        if (name.length() > LETTERS[2]) {
          letterSets[letters(terminated, 0)] = true;
        } else {
          // What follows a short name in the table is not known.
          Arrays.fill(letterSets, true);
        }
      }
    }

    Map<String, Long> found() {
      return Map.copyOf(found);
    }

    boolean isDone() {
      return wanted.isEmpty();
    }

    /** Goes through a part of a symbol table; functions, and symbols that are defined elsewhere, are passed over. */
    void scan(byte[] symbols, byte[] names) {
      for (int at = 0; at + SYMBOL_BYTES <= symbols.length; at += SYMBOL_BYTES) {
        if ((symbols[at + TYPE_AT] & 0xf) != FUNCTION) {
          look(symbols, at, names);
        }
      }
    }

    private void look(byte[] symbols, int at, byte[] names) {
      int name = int32(symbols, at);
      if (name <= 0 || name >= names.length) {
        return;
      }
      if (name + LETTERS[2] >= names.length || letterSets[letters(names, name)]) {
        compare(symbols, at, names, name);
      }
    }

    private static int letters(byte[] names, int name) {
      return (names[name + LETTERS[0]] & 31) << 10 | (names[name + LETTERS[1]] & 31) << 5
          | (names[name + LETTERS[2]] & 31);
    }

    private void compare(byte[] symbols, int at, byte[] names, int name) {
      for (Map.Entry<String, byte[]> candidate : wanted.entrySet()) {
        byte[] text = candidate.getValue();
        if (name + text.length <= names.length
            && Arrays.equals(names, name, name + text.length, text, 0, text.length)) {
          accept(candidate.getKey(), symbols, at);
          return;
        }
      }
    }

    private void accept(String name, byte[] symbols, int at) {
      long value = (int32(symbols, at + VALUE_AT) & 0xffff_ffffL) | (long) int32(symbols, at + VALUE_AT + 4) << 32;
      boolean defined = (symbols[at + SECTION_AT] | symbols[at + SECTION_AT + 1]) != 0;
      if (defined && value != 0) {
        found.put(name, value);
        wanted.remove(name);
      }
    }

    private static int int32(byte[] bytes, int at) {
      return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16 | bytes[at + 3] << 24;
    }
  }
}
