package io.tare.capture.memory.executable;

import io.tare.capture.memory.MappedFiles;
import io.tare.capture.memory.elf.FileSymbols;
import io.tare.formats.NotThisFormat;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.io.IOException;
import java.nio.file.Path;
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

/** Addresses in a process of the symbols that its mapped files define. */
public record ProcessSymbols(Map<String, Long> addresses) {
  public static final ProcessSymbols NONE = new ProcessSymbols(Map.of());

  public ProcessSymbols {
    addresses = Map.copyOf(addresses);
  }

  public OptionalLong address(String name) {
    Long address = addresses.get(name);
    return address == null ? OptionalLong.empty() : OptionalLong.of(address);
  }

  /** Looks into all mapped files that are wanted, the first definition of a name wins; a file that can't be read defines nothing. */
  public static ProcessSymbols find(MappedFiles files, Smaps smaps, Predicate<Mapping> wanted, Set<String> names) {
    Map<String, Long> found = new HashMap<>();
    for (List<Mapping> file : byFile(smaps, wanted)) {
      fromFile(files, file, names).forEach(found::putIfAbsent);
    }
    return new ProcessSymbols(found);
  }

  private static Collection<List<Mapping>> byFile(Smaps smaps, Predicate<Mapping> wanted) {
    return smaps.mappings().stream().filter(mapping -> mapping.hasPath() && wanted.test(mapping))
        .collect(
            Collectors.groupingBy(mapping -> mapping.device() + mapping.inode() + mapping.name(), LinkedHashMap::new,
                Collectors.toList()))
        .values();
  }

  private static Map<String, Long> fromFile(MappedFiles files, List<Mapping> mappings, Set<String> names) {
    Optional<Path> path = files.find(mappings.getFirst());
    if (path.isEmpty()) {
      return Map.of();
    }
    try {
      return FileSymbols.of(path.get(), names).addresses(mappings);
    } catch (IOException | NotThisFormat unreadable) {
      return Map.of();
    }
  }
}
