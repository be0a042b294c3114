package io.tare.capture.memory.go;

import io.tare.capture.memory.MappingIndex;
import io.tare.capture.memory.ProcessMemory;
import io.tare.model.AddressRange;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The variables of a program as they stood at one moment: the writable mappings of its files, and the anonymous ones that continue
 * them. The runtime's roots are among them, and are found by what they point to.
 */
record GoVariables(ProcessMemory memory, MappingIndex mappings, List<Stretch> stretches) {
  private static final long MOST_BYTES = 64L << 20;
  private static final long JOINED_GAP = 64 << 10;
  private static final int MOST_POINTERS = 10_000;
  private static final int SHORTEST_VERSION = 5;
  private static final int LONGEST_VERSION = 60;

  GoVariables {
    stretches = List.copyOf(stretches);
  }

  /** A part without larger holes; a page of it that was never touched holds zeros. */
  record Stretch(long start, ByteBuffer words) {
    int bytes() {
      return words.limit();
    }

    long word(int at) {
      return words.getLong(at);
    }
  }

  static GoVariables read(ProcessMemory memory, Smaps smaps) {
    List<Stretch> stretches = new ArrayList<>();
    long left = MOST_BYTES;
    for (Mapping mapping : mappingsOf(smaps)) {
      List<AddressRange> runs = memory.presentRuns(mapping.range());
      for (AddressRange range : joined(runs)) {
        if (range.bytes() <= left) {
          left -= range.bytes();
          stretch(memory, range).ifPresentOrElse(stretches::add,
              // A page in between was swapped out, say.
              () -> runs.stream().filter(range::intersects)
                  .forEach(run -> stretch(memory, run).ifPresent(stretches::add)));
        }
      }
    }
    return new GoVariables(memory, new MappingIndex(smaps), stretches);
  }

  private static Optional<Stretch> stretch(ProcessMemory memory, AddressRange range) {
    return memory.read(range.start(), (int) range.bytes())
        .map(bytes -> new Stretch(range.start(), ProcessMemory.inOrder(bytes)));
  }

  private static List<AddressRange> joined(List<AddressRange> runs) {
    List<AddressRange> joined = new ArrayList<>();
    for (AddressRange run : runs) {
      if (!joined.isEmpty() && run.start() - joined.getLast().end() <= JOINED_GAP) {
        joined.set(joined.size() - 1, new AddressRange(joined.getLast().start(), run.end()));
      } else {
        joined.add(run);
      }
    }
    return joined;
  }

  /** The mappings that hold variables. */
  static List<Mapping> mappingsOf(Smaps smaps) {
    List<Mapping> variables = new ArrayList<>();
    long endOfFile = 0;
    for (Mapping mapping : smaps.mappings()) {
      boolean continues = mapping.range().start() == endOfFile && mapping.isAnonymous();
      boolean ofFile = mapping.hasPath() && !mapping.isSharedMapping();
      if (mapping.isWritable() && (ofFile || continues)) {
        variables.add(mapping);
      }
      endOfFile = ofFile || continues ? mapping.range().end() : 0;
    }
    return variables;
  }

  /** A look at each word of the variables, until one answers. */
  interface Look<T> {
    Optional<T> at(Stretch stretch, int offset);
  }

  /** The first answer, looking at each word that at least {@code bytes} follow. */
  <T> Optional<T> first(int bytes, Look<T> look) {
    for (Stretch stretch : stretches) {
      for (int at = 0; at + bytes <= stretch.bytes(); at += Long.BYTES) {
        Optional<T> found = look.at(stretch, at);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /** The variable at an address; empty where none is. */
  OptionalLong word(long address) {
    return stretches.stream()
        .filter(stretch -> address >= stretch.start() && address + Long.BYTES <= stretch.start() + stretch.bytes())
        .mapToLong(stretch -> stretch.word((int) (address - stretch.start()))).findFirst();
  }

  /** A variable that points to the beginning of a page that the program got from the kernel. */
  record PagePointer(long variable, long target) {}

  List<PagePointer> pagePointers() {
    List<PagePointer> pointers = new ArrayList<>();
    first(Long.BYTES, (stretch, at) -> {
      long target = stretch.word(at);
      if (isPageOfProgram(target)) {
        pointers.add(new PagePointer(stretch.start() + at, target));
      }
      return pointers.size() < MOST_POINTERS ? Optional.empty() : Optional.of(pointers);
    });
    return pointers;
  }

  boolean isPageOfProgram(long address) {
    return address > 0 && address % memory.pageBytes() == 0 && isAnonymous(address);
  }

  private boolean isAnonymous(long address) {
    return mappings.at(address)
        .filter(mapping -> mapping.isAnonymous() && mapping.isWritable() && !mapping.isSharedMapping()).isPresent();
  }

  /** {@code runtime.buildVersion}: the string variable whose text begins with {@code go1.}; every Go program has it. */
  Optional<String> buildVersion() {
    return first(2 * Long.BYTES, (stretch, at) -> {
      long length = stretch.word(at + Long.BYTES);
      long text = stretch.word(at);
      boolean maybe = length >= SHORTEST_VERSION && length <= LONGEST_VERSION && text > 0;
      return maybe && mappings.at(text).filter(Mapping::hasPath).isPresent()
          ? memory.read(text, (int) length).map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
              .filter(version -> version.matches("go1\\.[0-9][ -~]*"))
          : Optional.empty();
    });
  }
}
