package io.tare.capture.memory.dotnet;

import io.tare.capture.memory.MappingIndex;
import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.dotnet.FreeObjects.Free;
import io.tare.capture.memory.dotnet.FreeObjects.Layout;
import io.tare.capture.memory.dotnet.GcHeaps.Generation;
import io.tare.formats.Parsed;
import io.tare.model.AddressRange;
import io.tare.model.Problem;
import io.tare.model.alloc.RuntimeFacts;
import io.tare.model.alloc.RuntimeFacts.NamedRange;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.proc.ResidentPages;
import io.tare.model.proc.Smaps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * .NET's heap by its parts: {@code large objects.committed}, {@code .used}, {@code .idle.resident}; ranges of those names. What is used adds up to what
 * {@code GC.GetTotalMemory(false)} says: objects that live or died since the last collection.
 */
public final class DotnetHeap {
  private static final int TRIES = 8;
  private static final long PAUSE_MILLIS = 10;

  private final ProcessMemory memory;
  private final MappingIndex mappings;
  private final LibraryData data;
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, String> facts = new TreeMap<>();

  private DotnetHeap(ProcessMemory memory, Smaps smaps) {
    this.memory = memory;
    this.mappings = new MappingIndex(smaps);
    this.data = LibraryData.read(memory, smaps);
    LibraryData.version(smaps).ifPresent(version -> facts.put("version", version));
  }

  public static Parsed<RuntimeFacts> read(ProcessMemory memory, Smaps smaps) {
    DotnetHeap heap = new DotnetHeap(memory, smaps);
    List<NamedRange> ranges = heap.ranges();
    return new Parsed<>(new RuntimeFacts(heap.facts, ranges), heap.problems);
  }

  private List<NamedRange> ranges() {
    Optional<GcVariables> variables = GcVariables.find(memory, data);
    if (variables.isEmpty()) {
      problem("no heap was found as .NET keeps it from Core 3.1 on");
      return List.of();
    }
    Optional<List<Generation>> heap = still(variables.get());
    if (heap.isEmpty()) {
      problem(memory.budgetExceeded()
          ? "reading was given up after " + memory.ranOut() + ", before the whole heap was seen"
          : variables.get().areInvalid()
              ? "a collection was at work whenever the heap was looked at"
              : "the heap is laid out otherwise than up to .NET 10: what belongs to it is not known");
      return List.of();
    }
    return parts(heap.get(), variables.get());
  }

  private void problem(String message) {
    problems.add(new Problem(ArtifactNames.DOTNET, "", message));
  }

  /** The heap in a moment in which no collection changes it. */
  private Optional<List<Generation>> still(GcVariables variables) {
    for (int tries = 0; tries < TRIES && (tries == 0 || pause()); tries++) {
      if (!variables.areInvalid()) {
        Optional<List<Generation>> heap = GcHeaps.read(variables, mappings);
        memory.forget();
        if (heap.isPresent() && !variables.areInvalid()) {
          return heap;
        }
      }
    }
    return Optional.empty();
  }

  private boolean pause() {
    try {
      memory.forget();
      Thread.sleep(PAUSE_MILLIS);
      return true;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Bytes of one part. */
  private static final class Part {
    private long committed;
    private long objects;
    private long resident;
    private long behindObjects;
    private long absent;
    private long free;
    private long absentOfFree;
    private boolean allSeen = true;

    void add(GcSegment segment, ResidentPages pages) {
      long all = pages.presentBytes(segment.range());
      long body = pages.presentBytes(segment.body());
      committed += segment.range().bytes();
      objects += segment.end() - segment.objects();
      resident += all;
      behindObjects += segment.objects() == segment.end() ? all : all - body;
      absent += segment.body().bytes() - body;
    }

    void add(Free more) {
      free += more.bytes();
      absentOfFree += more.absent();
      allSeen &= more.seen();
    }

    /** Where not every free object was looked at, what is absent may all be theirs. */
    long idle() {
      long resident = free - Math.min(free, allSeen ? absentOfFree : absent);
      return Math.min(this.resident, behindObjects + resident);
    }

    void write(String name, Map<String, String> facts) {
      facts.put(name + ".committed", "" + committed);
      facts.put(name + ".used", "" + (objects - free));
      facts.put(name + ".idle.resident", "" + idle());
    }
  }

  private List<NamedRange> parts(List<Generation> generations, GcVariables variables) {
    Set<Long> heaps = GcHeaps.addresses(generations);
    List<GcSegment> segments = apart(
        generations.stream().flatMap(generation -> generation.segments().stream()).toList(),
        FreeRegions.read(memory, mappings, data, heaps));
    ResidentPages pages = resident(segments.stream().map(GcSegment::range).toList());
    Map<String, Part> parts = new TreeMap<>();
    segments.forEach(segment -> parts.computeIfAbsent(segment.part(), none -> new Part()).add(segment, pages));
    free(generations, variables, pages)
        .forEach((part, free) -> free.forEach(parts.computeIfAbsent(part, none -> new Part())::add));
    facts.put("heaps", "" + heaps.size());
    if (memory.budgetExceeded()) {
      problem("reading was given up after " + memory.ranOut() + ": what of the heap is in use is not known");
    } else {
      parts.forEach((name, part) -> part.write(name, facts));
    }
    return segments.stream().map(segment -> new NamedRange(segment.part(), segment.range())).toList();
  }

  /** All by address; of what overlaps, which a moment can bring about, those with objects. */
  private static List<GcSegment> apart(List<GcSegment> held, List<GcSegment> free) {
    List<GcSegment> apart = new ArrayList<>();
    Stream.concat(held.stream(), free.stream()).sorted(Comparator.comparing(GcSegment::range)).forEach(segment -> {
      boolean overlaps = !apart.isEmpty() && apart.getLast().range().intersects(segment.range());
      boolean isFree = segment.part().equals(FreeRegions.PART);
      if (overlaps && !isFree) {
        apart.removeLast();
      }
      if (!overlaps || !isFree) {
        apart.add(segment);
      }
    });
    return apart;
  }

  private ResidentPages resident(List<AddressRange> ranges) {
    List<AddressRange> runs = ranges.stream().flatMap(range -> memory.presentRuns(range).stream()).toList();
    return new ResidentPages(ranges, runs.stream().mapToLong(AddressRange::start).toArray(),
        runs.stream().mapToLong(AddressRange::end).toArray());
  }

  /** Of all generations, or of none. */
  private Map<String, List<Free>> free(List<Generation> generations, GcVariables variables, ResidentPages pages) {
    Map<String, List<Free>> free = new TreeMap<>();
    Optional<Layout> layout = Layout.of(generations, !variables.counted());
    Optional<FreeObjects> lists = layout.map(known -> new FreeObjects(memory, pages, known));
    for (Generation generation : generations) {
      Optional<Free> own = lists.flatMap(known -> known.of(generation));
      if (own.isEmpty()) {
        problem("the lists of free objects do not add up: they count as in use");
        return Map.of();
      }
      free.computeIfAbsent(generation.part(), none -> new ArrayList<>()).add(own.get());
    }
    return free;
  }
}
