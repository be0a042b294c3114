package io.tare.capture.memory.executable;

import io.tare.capture.door.ForeignFile;
import io.tare.capture.memory.MappedFiles;
import io.tare.capture.memory.elf.FileSymbols;
import io.tare.formats.NotThisFormat;
import io.tare.formats.Parsed;
import io.tare.model.Problem;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Addresses in a process of the symbols that its mapped files define.
 *
 * @param leftOut what of the files was not looked at, in words
 */
public record ProcessSymbols(Map<String, Long> addresses, List<String> leftOut) {
  public static final ProcessSymbols NONE = new ProcessSymbols(Map.of());
  /** A C library is one or two files; a process that maps hundreds by that name wants to keep its reader busy. */
  private static final int MOST_FILES = 4;

  public ProcessSymbols {
    addresses = Map.copyOf(addresses);
    leftOut = List.copyOf(leftOut);
  }

  public ProcessSymbols(Map<String, Long> addresses) {
    this(addresses, List.of());
  }

  /** What was found by these symbols, with what of the files was left out as problems. */
  public <T> Parsed<T> completing(Parsed<T> found, String artifact) {
    List<Problem> problems = new ArrayList<>(found.problems());
    leftOut.forEach(note -> problems.add(new Problem(artifact, "symbols", note)));
    return new Parsed<>(found.value(), problems);
  }

  public OptionalLong address(String name) {
    Long address = addresses.get(name);
    return address == null ? OptionalLong.empty() : OptionalLong.of(address);
  }

  /** Looks into all mapped files that are wanted, the first definition of a name wins; a file that can't be read defines nothing. */
  public static ProcessSymbols find(MappedFiles files, Smaps smaps, Predicate<Mapping> wanted, Set<String> names) {
    Map<String, Long> found = new HashMap<>();
    List<String> leftOut = new ArrayList<>();
    Collection<List<Mapping>> all = byFile(smaps, wanted);
    for (List<Mapping> mappings : all.stream().limit(MOST_FILES).toList()) {
      fromFile(files, mappings, names).ifPresent(file -> {
        file.addresses(mappings).forEach(found::putIfAbsent);
        file.leftOut().forEach(note -> leftOut.add(mappings.getFirst().name() + ": " + note));
      });
    }
    if (all.size() > MOST_FILES) {
      leftOut.add("only the first " + MOST_FILES + " of " + all.size() + " files were looked into");
    }
    return new ProcessSymbols(found, leftOut);
  }

  private static Collection<List<Mapping>> byFile(Smaps smaps, Predicate<Mapping> wanted) {
    return smaps.mappings().stream().filter(mapping -> mapping.hasPath() && wanted.test(mapping))
        .collect(
            Collectors.groupingBy(mapping -> mapping.device() + mapping.inode() + mapping.name(), LinkedHashMap::new,
                Collectors.toList()))
        .values();
  }

  private static Optional<FileSymbols> fromFile(MappedFiles files, List<Mapping> mappings, Set<String> names) {
    Optional<ForeignFile> opened = files.open(mappings.getFirst());
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    try (ForeignFile file = opened.get()) {
      return Optional.of(FileSymbols.of(file, names));
    } catch (IOException | NotThisFormat unreadable) {
      return Optional.empty();
    }
  }
}
