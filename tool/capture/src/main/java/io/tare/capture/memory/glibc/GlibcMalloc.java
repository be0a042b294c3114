package io.tare.capture.memory.glibc;

import io.tare.capture.kernel.WorkTime;
import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.ProcessMemory.ReadBudget;
import io.tare.capture.memory.executable.Allocators;
import io.tare.capture.memory.glibc.ArenaSearch.FoundArena;
import io.tare.capture.memory.glibc.ArenaSearch.HeapInfo;
import io.tare.capture.memory.glibc.LibraryData.MallocParameters;
import io.tare.formats.Parsed;
import io.tare.model.AddressRange;
import io.tare.model.Problem;
import io.tare.model.alloc.MallocReading;
import io.tare.model.alloc.MallocReading.Arena;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.proc.Smaps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** glibc's malloc in a process: every arena with what it holds and what it keeps for later, and the chunks mapped one by one. */
public final class GlibcMalloc {
  public static final ReadBudget DEFAULT_BUDGET = new ReadBudget(1L << 30,
      new WorkTime.Limits(Duration.ofSeconds(3), Duration.ofSeconds(8)));

  private final ProcessMemory memory;
  private final Smaps smaps;
  private final WordWidth width;
  private final WalkDeadline deadline;
  private final List<Problem> problems = new ArrayList<>();

  private GlibcMalloc(ProcessMemory memory, Smaps smaps, ReadBudget budget) {
    this.memory = memory;
    this.smaps = smaps;
    this.width = WordWidth.of(smaps);
    this.deadline = new WalkDeadline(memory, budget);
  }

  /** Walks whatever arenas there are; none when the process uses another allocator, or has not called malloc yet. */
  public static Parsed<MallocReading> walk(ProcessMemory memory, Smaps smaps, ReadBudget budget) {
    return new GlibcMalloc(memory, smaps, budget).walk();
  }

  private Parsed<MallocReading> walk() {
    List<LibraryData.Stretch> data = LibraryData.read(memory, smaps);
    Optional<MallocParameters> parameters = MallocParameters.find(data, width);
    List<FoundArena> found = arenas(data, parameters);
    List<AddressRange> chunks = found.isEmpty() ? List.of() : mappedChunks(found, parameters);
    ArenaWalk walk = new ArenaWalk(memory, width, deadline);
    List<Arena> arenas = new ArrayList<>();
    for (FoundArena one : found) {
      Arena arena = walk.walk(one);
      arenas.add(arena);
      if (!arena.complete()) {
        problem(arena.address(),
            deadline.isOver()
                ? "the walk was given up after " + deadline.ranOut() + ": the rest of the arena counts as in use"
                : "the arena was not walked to its end: the rest counts as in use");
      }
    }
    String allocator = Allocators.ofLibraries(smaps)
        .orElse(found.isEmpty() ? MallocReading.UNKNOWN : MallocReading.GLIBC);
    return new Parsed<>(new MallocReading(allocator, arenas, chunks), problems);
  }

  private List<FoundArena> arenas(List<LibraryData.Stretch> data, Optional<MallocParameters> parameters) {
    ArenaSearch search = new ArenaSearch(memory, smaps, width);
    Map<Long, List<HeapInfo>> heaps = search.heapsByArena();
    List<Long> seeds = new ArrayList<>(heaps.keySet());
    data.stream().flatMap(stretch -> stretch.mainArena(width).stream()).forEach(main -> seeds.add(main.address()));
    long heapStart = parameters.map(MallocParameters::heapStart).orElse(0L);
    List<FoundArena> found = new ArrayList<>();
    for (ArenaState state : search.rings(seeds).values()) {
      List<HeapInfo> own = heaps.getOrDefault(state.address(), List.of());
      found.add(own.isEmpty()
          ? new MainArenaSearch(memory, smaps, width, deadline).find(state, heapStart)
          : FoundArena.secondary(state, own));
    }
    return found;
  }

  private List<AddressRange> mappedChunks(List<FoundArena> arenas, Optional<MallocParameters> parameters) {
    List<AddressRange> taken = arenas.stream().flatMap(arena -> arena.ranges().stream()).toList();
    List<AddressRange> chunks = new MappedChunks(memory, width, parameters, deadline).find(smaps, taken);
    parameters.ifPresentOrElse(known -> compare(known, chunks),
        () -> problem(0, "malloc's own counts of mapped chunks were not found: some of those found may be missing"));
    return chunks;
  }

  private void compare(MallocParameters known, List<AddressRange> chunks) {
    long bytes = chunks.stream().mapToLong(AddressRange::bytes).sum();
    if (bytes != known.mappedBytes()) {
      problem(0, "malloc counts " + known.mappedChunks() + " mapped chunks of " + known.mappedBytes() + " bytes, found "
          + chunks.size() + " of " + bytes);
    }
  }

  private void problem(long address, String message) {
    problems.add(new Problem(ArtifactNames.MALLOC, address == 0 ? "" : Long.toHexString(address), message));
  }

  /** When a walk has to stop: the bytes or the time that it may spend are spent. */
  static final class WalkDeadline {
    private final ProcessMemory memory;
    private final long lastByte;
    private final ReadBudget budget;
    private final WorkTime time;

    WalkDeadline(ProcessMemory memory, ReadBudget budget) {
      this.memory = memory;
      this.lastByte = memory.bytesRead() + budget.bytes();
      this.budget = budget;
      this.time = new WorkTime(budget.time());
    }

    boolean isOver() {
      return memory.bytesRead() > lastByte || memory.budgetExceeded() || time.isOver();
    }

    /** What ran out, once it is over. */
    String ranOut() {
      return memory.budgetExceeded()
          ? memory.ranOut()
          : memory.bytesRead() > lastByte ? budget.bytesInWords() : time.ranOut();
    }
  }
}
