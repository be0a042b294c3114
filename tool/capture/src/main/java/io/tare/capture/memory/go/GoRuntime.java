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
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A Go program's memory as its runtime keeps book of it: {@code heap.inuse}, {@code heap.idle}, {@code heap.released},
 * {@code stacks.inuse}, {@code heap.idle.resident}; ranges {@code arena} and {@code runtime}.
 */
public final class GoRuntime {
  private static final long USUAL_ARENA = 0xc000000000L;
  private static final long END_OF_USUAL_ARENAS = 0xff00000000L;

  private final ProcessMemory memory;
  private final Smaps smaps;
  private final Map<String, String> facts = new TreeMap<>();
  private final List<NamedRange> ranges = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  private GoRuntime(ProcessMemory memory, Smaps smaps) {
    this.memory = memory;
    this.smaps = smaps;
  }

  /** Reads the runtime of a program that is known to be Go's; {@code version} as its executable tells it. */
  public static Parsed<RuntimeFacts> read(ProcessMemory memory, Smaps smaps, String version) {
    return new GoRuntime(memory, smaps).read(version);
  }

  private Parsed<RuntimeFacts> read(String version) {
    facts.put("version", version);
    Optional<PageAllocator> pages = GoData.runs(memory, smaps).flatMap(this::allocatorIn).findFirst();
    List<AddressRange> arenas = pages.map(PageAllocator::arenas).orElseGet(this::arenasByAddress);
    arenas.forEach(arena -> ranges.add(new NamedRange("arena", arena)));
    pages.ifPresentOrElse(this::account, () -> problems.add(new Problem(ArtifactNames.GO, "",
        "the runtime's page allocator was not found: what of the heap is idle is not known")));
    runtimeMappings(pages, arenas);
    return new Parsed<>(new RuntimeFacts(facts, ranges), problems);
  }

  private Stream<PageAllocator> allocatorIn(AddressRange run) {
    Optional<ByteBuffer> words = memory.read(run.start(), (int) run.bytes()).map(ProcessMemory::inOrder);
    if (words.isPresent()) {
      for (int at = 0; at + PageAllocator.headBytes() <= run.bytes(); at += Long.BYTES) {
        if (PageAllocator.isAt(words.get(), at)) {
          Optional<PageAllocator> found = PageAllocator.read(memory, run.start() + at);
          if (found.isPresent()) {
            return found.stream();
          }
        }
      }
    }
    return Stream.empty();
  }

  private void account(PageAllocator pages) {
    HeapPages heap = HeapPages.count(memory, pages);
    if (heap.unreadBytes() > 0) {
      problems.add(new Problem(ArtifactNames.GO, Long.toHexString(pages.address()),
          "the state of " + heap.unreadBytes() + " bytes of the heap could not be read"));
    }
    facts.put("heap.released", String.valueOf(heap.returnedBytes()));
    facts.put("heap.idle.resident", String.valueOf(heap.idleResidentBytes()));
    Optional<Spans> spans = Spans.count(memory, pages);
    if (spans.isPresent()) {
      long owned = spans.get().heapBytes() + spans.get().stackBytes();
      facts.put("heap.inuse", String.valueOf(spans.get().heapBytes()));
      facts.put("stacks.inuse", String.valueOf(spans.get().stackBytes()));
      // Pages that a processor has set aside are allocated, yet no span owns them.
      facts.put("heap.idle", String.valueOf(heap.idleBytes() + Math.max(0, heap.allocatedBytes() - owned)));
    } else {
      facts.put("heap.idle", String.valueOf(heap.idleBytes()));
      facts.put("heap.allocated", String.valueOf(heap.allocatedBytes()));
      problems.add(
          new Problem(ArtifactNames.GO, "", "the runtime's spans were not found: heap and stacks can't be told apart"));
    }
  }

  /**
   * A program without libraries has no other user of anonymous memory than the runtime, unless it maps some itself. With
   * libraries only the summaries are certain.
   */
  private void runtimeMappings(Optional<PageAllocator> pages, List<AddressRange> arenas) {
    boolean alone = smaps.mappings().stream().noneMatch(mapping -> mapping.hasPath() && mapping.name().contains(".so"));
    facts.put("ranges.confidence", alone ? "inferred" : "derived");
    Stream<AddressRange> runtime = alone
        ? GoData.others(smaps).filter(range -> arenas.stream().noneMatch(range::intersects))
        : pages.stream().flatMap(known -> known.summaries(memory).stream());
    runtime.forEach(range -> ranges.add(new NamedRange("runtime", range)));
  }

  private List<AddressRange> arenasByAddress() {
    return smaps.mappings().stream().filter(Mapping::isAnonymous).map(Mapping::range)
        .filter(range -> range.start() >= USUAL_ARENA && range.end() <= END_OF_USUAL_ARENAS).toList();
  }
}

/** The variables of a program: the writable mappings of its files, and the anonymous ones that continue them. */
final class GoData {
  private static final long MOST_BYTES = 64L << 20;

  private GoData() {}

  /** The present stretches of the variables. */
  static Stream<AddressRange> runs(ProcessMemory memory, Smaps smaps) {
    return mappings(smaps).stream().map(Mapping::range).filter(range -> range.bytes() <= MOST_BYTES)
        .flatMap(range -> memory.presentRuns(range).stream());
  }

  /** Writable anonymous mappings that hold no variables. */
  static Stream<AddressRange> others(Smaps smaps) {
    List<Mapping> variables = mappings(smaps);
    return smaps.mappings().stream()
        .filter(mapping -> mapping.isAnonymous() && mapping.isWritable() && !mapping.isSharedMapping())
        .filter(mapping -> !variables.contains(mapping)).map(Mapping::range);
  }

  private static List<Mapping> mappings(Smaps smaps) {
    List<Mapping> variables = new ArrayList<>();
    long endOfFile = 0;
    for (Mapping mapping : smaps.mappings()) {
      boolean continues = mapping.range().start() == endOfFile
          && (mapping.isAnonymous() || mapping.name().equals("[heap]"));
      boolean ofFile = mapping.hasPath() && !mapping.isSharedMapping();
      if (mapping.isWritable() && (ofFile || continues)) {
        variables.add(mapping);
      }
      endOfFile = ofFile || continues ? mapping.range().end() : 0;
    }
    return variables;
  }
}
