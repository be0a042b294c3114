package io.tare.capture.memory.hotspot;

import io.tare.capture.memory.MappedFiles;
import io.tare.capture.memory.MappingIndex;
import io.tare.capture.memory.elf.FileSymbols;
import io.tare.capture.memory.elf.MemorySymbols;
import io.tare.formats.NotThisFormat;
import io.tare.model.proc.Mapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the file that carries HotSpot, {@code libjvm.so} or a launcher that links it statically, and the addresses of its
 * symbols in the process.
 */
final class JvmLibrary {
  private static final String TABLE = "gHotSpotVMStructs";

  private final MappingIndex mappings;
  private final MappedFiles files;

  JvmLibrary(MappingIndex mappings, MappedFiles files) {
    this.mappings = mappings;
    this.files = files;
  }

  JvmSymbols symbols(Set<String> wanted) throws Unreadable {
    for (List<Mapping> library : candidates()) {
      Optional<JvmSymbols> symbols = fromFile(library, wanted).or(() -> fromMemory(library, wanted));
      if (symbols.isPresent() && symbols.get().address(TABLE).isPresent()) {
        return symbols.get();
      }
    }
    throw new Unreadable("no mapped file exports " + TABLE);
  }

  /** The mappings of {@code libjvm.so}, then those of the executable. */
  private List<List<Mapping>> candidates() {
    Map<String, List<Mapping>> byFile = new LinkedHashMap<>();
    for (Mapping mapping : mappings.all()) {
      if (mapping.hasPath()) {
        byFile.computeIfAbsent(mapping.device() + mapping.inode() + mapping.name(), key -> new ArrayList<>())
            .add(mapping);
      }
    }
    List<List<Mapping>> candidates = new ArrayList<>();
    String executable = executable();
    for (List<Mapping> file : byFile.values()) {
      String name = file.getFirst().name();
      if (name.endsWith("/libjvm.so") || name.endsWith("/libjvm.so (deleted)")) {
        candidates.addFirst(file);
      } else if (name.equals(executable)) {
        candidates.addLast(file);
      }
    }
    return candidates;
  }

  private String executable() {
    try {
      return Files.readSymbolicLink(files.procPid().resolve("exe")).toString();
    } catch (IOException | UnsupportedOperationException unreadable) {
      return "";
    }
  }

  private Optional<JvmSymbols> fromFile(List<Mapping> library, Set<String> wanted) {
    Optional<Path> path = files.find(library.getFirst());
    if (path.isEmpty()) {
      return Optional.empty();
    }
    try {
      Map<String, Long> addresses = FileSymbols.of(path.get(), wanted).addresses(library);
      return addresses.isEmpty() ? Optional.empty() : Optional.of(new JvmSymbols(addresses));
    } catch (IOException | NotThisFormat unreadable) {
      return Optional.empty();
    }
  }

  private Optional<JvmSymbols> fromMemory(List<Mapping> library, Set<String> wanted) {
    Mapping first = library.getFirst();
    return first.offset() != 0
        ? Optional.empty()
        : Optional.of(new JvmSymbols(MemorySymbols.lookup(files.memory(), first.range().start(), wanted)));
  }
}
