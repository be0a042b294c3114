package io.tare.capture.memory.allocators;

import io.tare.capture.kernel.WorkTime;
import io.tare.capture.memory.MappingIndex;
import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.ProcessMemory.ReadBudget;
import io.tare.capture.memory.Variables;
import io.tare.capture.memory.executable.Allocators;
import io.tare.capture.memory.glibc.GlibcMalloc;
import io.tare.formats.Parsed;
import io.tare.model.Problem;
import io.tare.model.alloc.MallocReading;
import io.tare.model.alloc.MallocReading.Arena;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** malloc in a process, whoever serves it: glibc's arenas, and those of an allocator in its place. */
public final class ForeignAllocators {
  private ForeignAllocators() {}

  /** An allocator's way of being found. */
  private interface Reader {
    Optional<AllocatorSearch.Found> find(AllocatorSearch search, Variables variables);
  }

  private record Known(String name, String library, Reader reader) {}

  private static final String MUSL = "musl";
  private static final List<Known> KNOWN = List.of(new Known("jemalloc", "libjemalloc", Jemalloc::find),
      new Known("mimalloc", "libmimalloc",
          (search, variables) -> Mimalloc.find(search).or(() -> Mimalloc3.find(search))),
      new Known("tcmalloc", "libtcmalloc", Tcmalloc::find));

  /**
   * Walks what there is.
   *
   * @param mayBeLinkedIn whether an allocator is looked for in the program itself, too
   */
  public static Parsed<MallocReading> walk(ProcessMemory memory, Smaps smaps, ReadBudget budget,
      boolean mayBeLinkedIn) {
    Parsed<MallocReading> glibc = GlibcMalloc.walk(memory, smaps, budget);
    AllocatorSearch search = new AllocatorSearch(memory, smaps, new MappingIndex(smaps),
        new WorkTime(budget.time()));
    String named = Allocators.ofLibraries(smaps).orElse(MallocReading.UNKNOWN);
    Optional<AllocatorSearch.Found> found = Optional.empty();
    boolean byLibrary = false;
    for (Known known : KNOWN) {
      if (named.equals(known.name())) {
        byLibrary = true;
        found = known.reader().find(search, Variables.of(memory, smaps, isFile(known.library())));
      }
    }
    if (!byLibrary && mayBeLinkedIn) {
      Variables ofProgram = Variables.of(memory, smaps, isProgram(smaps));
      for (Known known : KNOWN) {
        found = found.isPresent() ? found : known.reader().find(search, ofProgram);
      }
    }
    // musl is a C library with an allocator, which another may stand in for; a program without any library may have it linked in.
    boolean mayBeMusl = named.equals(MUSL) || (named.equals(MallocReading.UNKNOWN) && mayBeLinkedIn);
    if (!byLibrary && found.isEmpty() && mayBeMusl) {
      found = Musl.find(search);
    }
    boolean silent = found.isEmpty() && (byLibrary || named.equals(MUSL));
    return found.map(other -> with(glibc, other)).orElseGet(() -> silent ? unsplit(glibc, named, search) : glibc);
  }

  private static Predicate<Mapping> isFile(String library) {
    return mapping -> mapping.name().substring(mapping.name().lastIndexOf('/') + 1).startsWith(library);
  }

  /** The program is the first file that is mapped executable. */
  private static Predicate<Mapping> isProgram(Smaps smaps) {
    String path = smaps.mappings().stream().filter(mapping -> mapping.hasPath() && mapping.isExecutable())
        .map(Mapping::name).findFirst().orElse("");
    return mapping -> mapping.name().equals(path);
  }

  private static Parsed<MallocReading> with(Parsed<MallocReading> glibc, AllocatorSearch.Found found) {
    List<Arena> arenas = new ArrayList<>(glibc.value().arenas());
    arenas.addAll(found.regions());
    MallocReading both = new MallocReading(found.allocator(), arenas, glibc.value().mmappedChunks(),
        Optional.of(found.allocator()), found.tables());
    return new Parsed<>(both, glibc.problems());
  }

  private static Parsed<MallocReading> unsplit(Parsed<MallocReading> glibc, String allocator, AllocatorSearch search) {
    List<Problem> problems = new ArrayList<>(glibc.problems());
    problems.add(new Problem(ArtifactNames.MALLOC, "",
        allocator + "'s structures were not found"
            + (search.isOver() ? ", the search was given up after " + search.ranOut() : "")
            + ": what of its memory is in use is not known"));
    return new Parsed<>(glibc.value(), problems);
  }
}
