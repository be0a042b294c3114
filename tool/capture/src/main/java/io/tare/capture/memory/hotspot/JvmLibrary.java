package io.tare.capture.memory.hotspot;

import io.tare.capture.door.ForeignFile;
import io.tare.capture.memory.MappedFiles;
import io.tare.capture.memory.MappingIndex;
import io.tare.capture.memory.elf.FileSymbols;
import io.tare.capture.memory.elf.MemorySymbols;
import io.tare.formats.NotThisFormat;
import io.tare.model.proc.Mapping;
import java.io.IOException;
import java.nio.file.Files;
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

  private static final int MOST_FILES = 4;

  private final MappingIndex mappings;
  private final MappedFiles files;
  private final List<String> leftOut = new ArrayList<>();

  JvmLibrary(MappingIndex mappings, MappedFiles files) {
    this.mappings = mappings;
    this.files = files;
  }

  JvmSymbols symbols(Set<String> wanted) throws Unreadable {
    List<List<Mapping>> candidates = candidates();
    for (List<Mapping> library : candidates.subList(0, Math.min(candidates.size(), MOST_FILES))) {
      Optional<JvmSymbols> symbols = fromFile(library, wanted).or(() -> fromMemory(library, wanted));
      if (symbols.isPresent() && symbols.get().address(TABLE).isPresent()) {
        return symbols.get();
      }
    }
    if (candidates.size() > MOST_FILES) {
      leftOut.add("only the first " + MOST_FILES + " of " + candidates.size() + " files were looked into");
    }
    throw new Unreadable("no mapped file exports " + TABLE);
  }

  /** What of the files was not looked at, in words. */
  List<String> leftOut() {
    return List.copyOf(leftOut);
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
    Optional<ForeignFile> opened = files.open(library.getFirst());
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    try (ForeignFile file = opened.get()) {
      FileSymbols symbols = FileSymbols.of(file, wanted);
      symbols.leftOut().forEach(note -> leftOut.add(library.getFirst().name() + ": " + note));
      Map<String, Long> addresses = symbols.addresses(library);
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
