package io.tare.capture.memory.go;

import io.tare.capture.memory.ProcessMemory;
import io.tare.formats.Parsed;
import io.tare.model.Problem;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.proc.Smaps;
import io.tare.model.profile.Allocations;
import io.tare.model.profile.GoroutineGroup;
import io.tare.model.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who allocated a Go program's heap, and what its goroutines wait for: as its runtime keeps it, without asking it. */
public final class GoAllocations {
  private static final int OLDEST = 18;
  private static final int NEWEST_KNOWN = 27;

  private GoAllocations() {}

  /**
   * Reads what the runtime has counted.
   *
   * @param told the version as the executable tells it, which it may not
   */
  public static Parsed<Allocations> read(ProcessMemory memory, Smaps smaps, String told) {
    List<Problem> problems = new ArrayList<>();
    GoVariables variables = GoVariables.read(memory, smaps);
    String version = told.startsWith("go") || told.startsWith("devel") ? told : variables.buildVersion().orElse(told);
    int minor = GoRuntime.minor(version).orElse(NEWEST_KNOWN);
    Optional<GoFunctions> functions = minor < OLDEST ? Optional.empty() : GoFunctions.find(variables, minor);
    if (functions.isEmpty()) {
      problem(problems, minor < OLDEST
          ? "this program was built by " + version + "; call stacks are read from Go 1." + OLDEST + " on"
          : "the program's table of functions was not found: who allocated what is not known");
      return new Parsed<>(new Allocations(Optional.empty(), List.of()), problems);
    }
    Optional<Profile> heap = new GoHeapProfile(memory, functions.get(), minor, text -> problem(problems, text))
        .read(variables);
    if (heap.isEmpty()) {
      problem(problems, "the runtime keeps no heap profile here: the program does not link one (nothing in it uses"
          + " runtime.MemProfile, as net/http/pprof does), or nothing was noted yet");
    }
    Optional<PageAllocator> pages = variables.first(PageAllocator.headBytes(), (stretch, at) -> PageAllocator
        .isAt(stretch.words(), at) ? PageAllocator.read(memory, stretch.start() + at) : Optional.empty());
    List<GoroutineGroup> goroutines = pages.flatMap(found -> Goroutines.count(variables, found))
        .map(all -> new GoroutineStacks(memory, functions.get(), all, minor).groups()).orElse(List.of());
    if (goroutines.isEmpty()) {
      problem(problems, "the list of goroutines was not found");
    }
    if (memory.budgetExceeded()) {
      problem(problems, "reading was given up after " + memory.ranOut() + ": what follows is a part");
    }
    return new Parsed<>(new Allocations(heap, goroutines), problems);
  }

  private static void problem(List<Problem> problems, String message) {
    problems.add(new Problem(ArtifactNames.GO_PROFILE, "", message));
  }
}
