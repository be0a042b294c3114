package io.tare.capture.memory.executable;

import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Allocators that programs use in place of the C library's, known by their libraries' names and by symbols that only they define. */
public final class Allocators {
  private static final List<Known> OTHERS = List.of(
      new Known("jemalloc", "libjemalloc", List.of("mallctl", "je_mallctl", "_rjem_mallctl", "jemalloc_constructor")),
      new Known("tcmalloc", "libtcmalloc", List.of("tc_malloc", "MallocExtension_Internal_GetMemoryLimit")),
      new Known("mimalloc", "libmimalloc", List.of("mi_malloc", "mi_heap_malloc")),
      new Known("rpmalloc", "librpmalloc", List.of("rpmalloc")),
      new Known("snmalloc", "libsnmalloc", List.of("sn_rust_alloc", "sn_malloc")),
      new Known("scudo", "libclang_rt.scudo", List.of("__scudo_print_stats")),
      new Known("address sanitizer", "libclang_rt.asan", List.of("__asan_init")),
      new Known("address sanitizer", "libasan", List.of()), new Known("hoard", "libhoard", List.of()));
  private static final List<Known> LIBRARIES = List.of(new Known("musl", "ld-musl", List.of()),
      new Known("musl", "libc.musl", List.of()), new Known("glibc", "libc.so.6", List.of()),
      new Known("glibc", "libc-2", List.of()), new Known("musl", "libc.so", List.of()));

  private Allocators() {}

  private record Known(String name, String library, List<String> symbols) {}

  /** Symbols to look up in an executable, see {@link #linkedIn}. */
  static Set<String> symbols() {
    Set<String> symbols = new LinkedHashSet<>();
    OTHERS.forEach(known -> symbols.addAll(known.symbols()));
    return symbols;
  }

  /** The allocator that one of these symbols belongs to. */
  static Optional<String> linkedIn(Set<String> defined) {
    return OTHERS.stream().filter(known -> known.symbols().stream().anyMatch(defined::contains)).map(Known::name)
        .findFirst();
  }

  /** The allocator whose library is mapped: one that was put in place of the C library's, else the C library's own. */
  public static Optional<String> ofLibraries(Smaps smaps) {
    Set<String> names = smaps.mappings().stream().filter(Mapping::hasPath).map(mapping -> fileName(mapping.name()))
        .collect(Collectors.toSet());
    return first(OTHERS, names).or(() -> first(LIBRARIES, names));
  }

  private static Optional<String> first(List<Known> candidates, Set<String> fileNames) {
    return candidates.stream().filter(known -> fileNames.stream().anyMatch(name -> name.startsWith(known.library())))
        .map(Known::name).findFirst();
  }

  private static String fileName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
