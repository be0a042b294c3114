package io.tare.capture.memory.dotnet;

import io.tare.capture.memory.ProcessMemory;
import io.tare.model.AddressRange;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is present of the variables of .NET's runtime library, and of its collector where that is a library of its own. */
record LibraryData(List<Words> blocks) {
  /** {@code /usr/lib/dotnet/shared/Microsoft.NETCore.App/8.0.34/libcoreclr.so} */
  private static final Pattern LIBRARY = Pattern
      .compile("(?:.*/([^/]+))?/lib(?:coreclr|clrgc\\w*)\\.so(?: \\(deleted\\))?");
  private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+[-.\\w]*");
  private static final long MOST_BYTES = 16 << 20;

  /** Words one after the other, from whole pages; zero where a page is not present. */
  static final class Words {
    private final long at;
    private final long[] words;

    private Words(long at, long[] words) {
      this.at = at;
      this.words = words;
    }

    static Words present(ProcessMemory memory, AddressRange pages) {
      long[] words = new long[(int) (pages.bytes() / Long.BYTES)];
      memory.readPresent(pages, words);
      return new Words(pages.start(), words);
    }

    int count() {
      return words.length;
    }

    /** Zero behind the end. */
    long word(int index) {
      return index < words.length ? words[index] : 0;
    }

    long address(int index) {
      return at + (long) index * Long.BYTES;
    }

    private boolean hold(long word) {
      return Arrays.stream(words).anyMatch(other -> other == word);
    }
  }

  static LibraryData read(ProcessMemory memory, Smaps smaps) {
    List<Words> blocks = new ArrayList<>();
    long left = MOST_BYTES;
    long libraryEnd = 0;
    for (Mapping mapping : smaps.mappings()) {
      boolean isLibrary = LIBRARY.matcher(mapping.name()).matches();
      // Behind a library's data the kernel shows what of it begins as zeros as memory of no file.
      boolean isData = isLibrary || (mapping.isAnonymous() && mapping.range().start() == libraryEnd);
      if (isData && mapping.isWritable() && !mapping.isSharedMapping() && mapping.range().bytes() <= left) {
        blocks.add(Words.present(memory, mapping.range()));
        left -= mapping.range().bytes();
      }
      libraryEnd = isLibrary ? mapping.range().end() : 0;
    }
    return new LibraryData(List.copyOf(blocks));
  }

  /** As the folder of the library is called, where that is a version. */
  static Optional<String> version(Smaps smaps) {
    return smaps.mappings().stream().map(mapping -> LIBRARY.matcher(mapping.name())).filter(Matcher::matches)
        .map(library -> String.valueOf(library.group(1))).filter(folder -> VERSION.matcher(folder).matches())
        .findFirst();
  }

  /** Whether a variable is that address. */
  boolean names(long address) {
    return blocks.stream().anyMatch(block -> block.hold(address));
  }
}
