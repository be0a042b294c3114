package io.tare.capture.memory.go;

import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.go.PageAllocator.HeapPages;
import io.tare.formats.Parsed;
import io.tare.model.AddressRange;
import io.tare.model.Problem;
import io.tare.model.alloc.RuntimeFacts;
import io.tare.model.alloc.RuntimeFacts.NamedRange;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Go program's memory as its runtime keeps book of it. Totals come from one read of its counters, which must add up ({@link
 * GoCounters}); what of them is in memory comes from a walk over spans and pages, which takes longer: a busy program differs in it.
 *
 * <p>{@code layout} says what proves that the figures are what they seem: {@code proved} by the counters' sum; {@code pages} where there
 * are no such counters (before Go 1.19) and the spans and the page allocator agree; {@code unproved} where nothing does, and then
 * nothing is said of the heap but where it lies.
 */
public final class GoRuntime {
  /** What each processor may set aside: allocated pages that no span owns. */
  private static final long SET_ASIDE = 64 * PageAllocator.ChunkBits.PAGE_BYTES;

  private static final int MOST_PROCESSORS = 1024;
  private static final Pattern VERSION = Pattern.compile(".*?go1\\.(\\d{1,3}).*");

  private final ProcessMemory memory;
  private final Smaps smaps;
  private final Map<String, String> facts = new TreeMap<>();
  private final List<NamedRange> ranges = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  private GoRuntime(ProcessMemory memory, Smaps smaps) {
    this.memory = memory;
    this.smaps = smaps;
  }

  /** Reads the runtime of a program that is known to be Go's; {@code version} as its executable tells it, which it may not. */
  public static Parsed<RuntimeFacts> read(ProcessMemory memory, Smaps smaps, String version) {
    return new GoRuntime(memory, smaps).read(version);
  }

  private Parsed<RuntimeFacts> read(String told) {
    GoVariables variables = GoVariables.read(memory, smaps);
    String version = told.startsWith("go") || told.startsWith("devel") ? told : variables.buildVersion().orElse(told);
    facts.put("version", version);
    Optional<PageAllocator> pages = variables.first(PageAllocator.headBytes(), (stretch, at) -> PageAllocator
        .isAt(stretch.words(), at) ? PageAllocator.read(memory, stretch.start() + at) : Optional.empty());
    pages.ifPresentOrElse(found -> account(variables, found, version), () -> problem("the runtime's page allocator was "
        + "not found: where the heap lies, and what of it is in use, is not known"));
    remaining(pages.map(PageAllocator::arenas).orElse(List.of()));
    if (memory.budgetExceeded()) {
      problem("reading the runtime was given up after " + memory.ranOut() + ": what follows is a part");
    }
    return new Parsed<>(new RuntimeFacts(facts, ranges), problems);
  }

  private void problem(String message) {
    problems.add(new Problem(ArtifactNames.GO, "", message));
  }

  private void account(GoVariables variables, PageAllocator pages, String version) {
    pages.arenas().forEach(arena -> ranges.add(new NamedRange("arena", arena)));
    Optional<GoCounters> counters = GoCounters.find(variables, pages.arenaBytes());
    counters.ifPresent(this::counted);
    // Next to the counters, for a busy program's pages move most.
    HeapPages heap = HeapPages.count(memory, pages);
    Optional<Spans> spans = Spans.count(memory, pages);
    if (heap.unreadBytes() > 0) {
      problem("the state of " + heap.unreadBytes() + " bytes of the heap could not be read");
    }
    if (spans.isEmpty()) {
      problem("the runtime's spans were not found: heap and stacks can't be told apart");
    }
    if (counters.isPresent()) {
      facts.put("layout", "proved");
      spans.ifPresent(this::resident);
      number("heap.idle.resident", heap.idleResidentBytes());
    } else if (spans.isPresent() && agree(spans.get(), heap)) {
      facts.put("layout", "pages");
      resident(spans.get());
      number("heap.idle.resident", heap.idleResidentBytes());
      walked(spans.get(), heap);
    } else {
      facts.put("layout", "unproved");
      problem("the runtime's counters do not add up to what it mapped: what of the heap is in use is not known");
    }
    Goroutines.count(variables, pages).ifPresent(all -> number("goroutines", all.living()));
    ranges.addAll(GoTables.find(variables, pages, spans, isBefore(version, 21)));
  }

  private void number(String fact, long value) {
    facts.put(fact, String.valueOf(value));
  }

  private void counted(GoCounters counters) {
    number("heap.inuse", counters.heap().inUse());
    number("heap.idle", counters.heap().free());
    number("heap.released", counters.heap().released());
    number("heap.marked", counters.marked());
    counters.whileMarking().ifPresent(bytes -> number("heap.marked.unseen", bytes));
    number("stacks.inuse", counters.heap().stacks());
    number("workbufs.inuse", counters.heap().workBufs());
    number("sys.stacks", counters.sys().stacks());
    number("sys.mspan", counters.sys().spans());
    number("sys.mcache", counters.sys().caches());
    number("sys.buckhash", counters.sys().buckets());
    number("sys.gc", counters.sys().gc());
    number("sys.other", counters.sys().other());
    number("gc.count", counters.collections());
    number("gc.pause.nanos", counters.pauseNanos());
    counters.nextCollection().ifPresent(goal -> number("gc.next", goal));
    counters.percent().ifPresent(percent -> number("gc.percent", percent));
    counters.memoryLimit().ifPresent(limit -> number("memory.limit", limit));
  }

  /** Before Go 1.19: what the walk itself sums up. */
  private void walked(Spans spans, HeapPages heap) {
    number("heap.inuse", spans.heapBytes());
    number("stacks.inuse", spans.stacks().bytes());
    number("workbufs.inuse", spans.workBufs().bytes());
    number("heap.released", heap.returnedBytes());
    number("heap.idle", heap.idleBytes() + heap.allocatedBytes() - owned(spans));
  }

  private void resident(Spans spans) {
    number("stacks.resident", spans.stacks().residentBytes());
    number("workbufs.resident", spans.workBufs().residentBytes());
  }

  private static long owned(Spans spans) {
    return spans.heapBytes() + spans.stacks().bytes() + spans.workBufs().bytes();
  }

  /** Whether nearly every allocated page is a span's: the rest is what processors have set aside. */
  private static boolean agree(Spans spans, HeapPages heap) {
    long ownerless = heap.allocatedBytes() - owned(spans);
    return heap.unreadBytes() == 0 && ownerless >= 0 && ownerless <= MOST_PROCESSORS * SET_ASIDE
        && ownerless <= heap.allocatedBytes() / 2;
  }

  private static boolean isBefore(String version, int minor) {
    return minor(version).orElse(minor) < minor;
  }

  /** Of {@code go1.24.4} the 24. */
  static OptionalInt minor(String version) {
    Matcher numbered = VERSION.matcher(version);
    return numbered.matches() ? OptionalInt.of(Integer.parseInt(numbered.group(1))) : OptionalInt.empty();
  }

  /**
   * A program without libraries has no other user of anonymous memory than the runtime, unless it maps some itself: what no table
   * claims is guessed to be the runtime's.
   */
  private void remaining(List<AddressRange> arenas) {
    boolean alone = smaps.mappings().stream().noneMatch(mapping -> mapping.hasPath() && mapping.name().contains(".so"));
    if (alone && !arenas.isEmpty()) {
      List<Mapping> variables = GoVariables.mappingsOf(smaps);
      smaps.mappings().stream()
          .filter(mapping -> mapping.isAnonymous() && mapping.isWritable() && !mapping.isSharedMapping())
          .filter(mapping -> !variables.contains(mapping)).map(Mapping::range)
          .filter(range -> arenas.stream().noneMatch(range::intersects))
          .forEach(range -> ranges.add(new NamedRange("rest", range)));
    }
  }
}
