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
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /** Addresses in the process of symbols of the JVM's library. */
  record JvmSymbols(Map<String, Long> addresses) {
    JvmSymbols {
      addresses = Map.copyOf(addresses);
    }

    OptionalLong address(String symbol) {
      Long address = addresses.get(symbol);
      return address == null ? OptionalLong.empty() : OptionalLong.of(address);
    }
  }

  /** The symbols to look up in the JVM's library: the exported tables, and statics that only an unstripped library names. */
  static final class SymbolNames {
    private SymbolNames() {}

    static final String NONCLASS_METASPACE = "_ZN9metaspace16MetaspaceContext23_nonclass_space_contextE";
    static final String CLASS_METASPACE = "_ZN9metaspace16MetaspaceContext20_class_space_contextE";

    static final String POLLING_PAGE = "_ZN18SafepointMechanism13_polling_pageE";
    static final String ASSERT_POISON = "g_assert_poison";

    static final String PARALLEL_MARKS = "_ZN17PSParallelCompact12_mark_bitmapE";
    static final String PARALLEL_SUMMARY = "_ZN17PSParallelCompact13_summary_dataE";
    static final String FROM_CARD_CACHE = "_ZN15G1FromCardCache6_cacheE";
    static final String FROM_CARD_CACHE_BYTES = "_ZN15G1FromCardCache16_static_mem_sizeE";

    static final String INSTANCE_CLASSES = "_ZN20ClassLoaderDataGraph21_num_instance_classesE";
    static final String ARRAY_CLASSES = "_ZN20ClassLoaderDataGraph18_num_array_classesE";
    static final String CLASS_WORDS = "_ZN9metaspace15RunningCounters19_used_class_counterE";
    static final String NONCLASS_WORDS = "_ZN9metaspace15RunningCounters22_used_nonclass_counterE";

    private static final Set<String> TABLES = Stream.concat(
        Stream.of("gHotSpotVMStructs", "gHotSpotVMTypes", "gHotSpotVMIntConstants", "gHotSpotVMLongConstants"),
        Stream.of("StructEntryTypeNameOffset", "StructEntryFieldNameOffset", "StructEntryTypeStringOffset",
            "StructEntryIsStaticOffset", "StructEntryOffsetOffset", "StructEntryAddressOffset",
            "StructEntryArrayStride",
            "TypeEntryTypeNameOffset", "TypeEntrySuperclassNameOffset", "TypeEntrySizeOffset", "TypeEntryArrayStride",
            "IntConstantEntryNameOffset", "IntConstantEntryValueOffset", "IntConstantEntryArrayStride",
            "LongConstantEntryNameOffset", "LongConstantEntryValueOffset", "LongConstantEntryArrayStride")
            .map(name -> "gHotSpotVM" + name))
        .collect(Collectors.toUnmodifiableSet());

    static final Set<String> ALL = Stream
        .concat(TABLES.stream(), Stream.of(NONCLASS_METASPACE, CLASS_METASPACE, POLLING_PAGE, ASSERT_POISON,
            PARALLEL_MARKS, PARALLEL_SUMMARY, FROM_CARD_CACHE, FROM_CARD_CACHE_BYTES,
            INSTANCE_CLASSES, ARRAY_CLASSES, CLASS_WORDS, NONCLASS_WORDS))
        .collect(Collectors.toUnmodifiableSet());
  }
}
