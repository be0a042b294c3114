package io.tare.capture.memory.v8;

import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.executable.ProcessSymbols;
import io.tare.formats.Parsed;
import io.tare.model.AddressRange;
import io.tare.model.Problem;
import io.tare.model.alloc.RuntimeFacts;
import io.tare.model.alloc.RuntimeFacts.NamedRange;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * V8's heaps, in the words of {@code v8.getHeapSpaceStatistics()}: of each space {@code old_space.committed}, {@code .used},
 * {@code .used.resident}, {@code .idle.resident}, {@code .heads.resident}; {@code arraybuffers}, which lie in malloc's memory; ranges by
 * the name of their space. Where {@code used} is missing nothing is known of what is in use.
 */
public final class V8Runtime {
  private static final Pattern FILE = Pattern.compile(".*/(?:node|nodejs|libnode\\.so[.\\d]*)");
  private static final List<String> VERSION = List.of("_ZN2v88internal7Version6major_E",
      "_ZN2v88internal7Version6minor_E", "_ZN2v88internal7Version6build_E", "_ZN2v88internal7Version6patch_E");
  private static final int MOST_PAGES = 1 << 16;

  /** Symbols that tell V8's version. */
  public static final Set<String> SYMBOLS = Set.copyOf(VERSION);

  private V8Runtime() {}

  /** Whether this is a file that V8 is linked into. */
  public static boolean isEngine(Mapping mapping) {
    return mapping.hasPath() && FILE.matcher(mapping.name()).matches();
  }

  /** Reads the heaps of a process that maps an {@linkplain #isEngine engine}. */
  public static Parsed<RuntimeFacts> read(ProcessMemory memory, Smaps smaps, ProcessSymbols symbols) {
    Map<String, String> facts = new TreeMap<>();
    version(memory, symbols).ifPresent(version -> facts.put("version", version));
    Map<Long, List<V8Page>> heaps = new LinkedHashMap<>();
    pages(memory, smaps).forEach(page -> heaps.computeIfAbsent(page.heap(), none -> new ArrayList<>()).add(page));
    if (heaps.isEmpty()) {
      return new Parsed<>(new RuntimeFacts(facts, List.of()), List.of(problem("no pages of a V8 heap were found")));
    }
    facts.put("heaps", "" + heaps.size());
    List<NamedRange> ranges = new ArrayList<>();
    Map<String, SpaceBytes> bytes = new TreeMap<>();
    boolean addUp = true;
    OptionalLong buffers = OptionalLong.of(0);
    for (Map.Entry<Long, List<V8Page>> heap : heaps.entrySet()) {
      V8Spaces spaces = new V8Spaces(memory, heap.getKey(), heap.getValue());
      addUp &= spaces.addUp();
      Map<V8Page, Long> used = spaces.used();
      for (V8Page page : heap.getValue()) {
        String name = V8Spaces.name(page.layout(), spaces.id(page));
        ranges.add(new NamedRange(name, page.range()));
        bytes.merge(name, SpaceBytes.of(memory, page, Optional.ofNullable(used.get(page))), SpaceBytes::plus);
      }
      OptionalLong own = ArrayBuffers.bytes(memory, heap.getKey());
      buffers = own.isPresent() && buffers.isPresent()
          ? OptionalLong.of(buffers.getAsLong() + own.getAsLong())
          : OptionalLong.empty();
    }
    if (memory.budgetExceeded()) {
      return new Parsed<>(new RuntimeFacts(facts, ranges),
          List.of(problem("reading was given up after " + memory.ranOut()
              + ", before all pages were seen: what of them is in use is not known")));
    }
    if (!addUp) {
      return new Parsed<>(new RuntimeFacts(facts, ranges),
          List.of(problem("the heap's own counts and its pages differ: what of them is in use is not known")));
    }
    bytes.forEach((name, space) -> space.write(name, facts));
    buffers.ifPresent(total -> facts.put("arraybuffers", "" + total));
    return new Parsed<>(new RuntimeFacts(facts, ranges), List.of());
  }

  private static List<V8Page> pages(ProcessMemory memory, Smaps smaps) {
    List<V8Page> pages = new ArrayList<>();
    long next = 0;
    for (Mapping mapping : smaps.mappings()) {
      if (!mapping.isAnonymous() || mapping.isSharedMapping() || mapping.bytes().rss() == 0) {
        continue;
      }
      for (AddressRange run : memory.presentRuns(mapping.range())) {
        long at = Math.max(next, (run.start() + V8Page.ALIGNMENT - 1) & -V8Page.ALIGNMENT);
        while (at < run.end() && pages.size() < MOST_PAGES) {
          Optional<V8Page> page = V8Page.at(memory, at);
          page.ifPresent(pages::add);
          at = page.map(V8Page::next).orElse(at + V8Page.ALIGNMENT);
          next = at;
        }
      }
    }
    return pages;
  }

  private static Optional<String> version(ProcessMemory memory, ProcessSymbols symbols) {
    List<String> numbers = new ArrayList<>();
    for (String name : VERSION) {
      OptionalLong address = symbols.address(name);
      OptionalLong number = address.isEmpty() ? OptionalLong.empty() : memory.u32(address.getAsLong());
      if (number.isEmpty()) {
        return Optional.empty();
      }
      numbers.add("" + number.getAsLong());
    }
    return Optional.of(String.join(".", numbers));
  }

  private static Problem problem(String message) {
    return new Problem(ArtifactNames.V8, "", message);
  }
}

/**
 * The bytes of some pages of one space.
 *
 * @param used empty where one of the pages doesn't tell
 * @param idle resident bytes of the areas that hold no object
 * @param heads resident bytes before the areas
 */
record SpaceBytes(long committed, OptionalLong used, long areas, long idle, long heads) {
  private static final long PAGE_BYTES = 4096;

  static SpaceBytes of(ProcessMemory memory, V8Page page, Optional<Long> used) {
    long head = (page.area().start() & -PAGE_BYTES) - page.range().start();
    long resident = resident(memory, page.range());
    long heads = head > 0 ? resident(memory, AddressRange.ofSize(page.range().start(), head)) : 0;
    long inUse = used.orElse(0L);
    long begun = page.area().start() & PAGE_BYTES - 1;
    long areas = Math.max(0, resident - heads - begun);
    return new SpaceBytes(page.range().bytes(), used.map(OptionalLong::of).orElseGet(OptionalLong::empty), areas,
        Math.max(0, areas - inUse), resident - areas);
  }

  private static long resident(ProcessMemory memory, AddressRange range) {
    return memory.presentRuns(range).stream().mapToLong(AddressRange::bytes).sum();
  }

  SpaceBytes plus(SpaceBytes other) {
    OptionalLong both = used.isPresent() && other.used.isPresent()
        ? OptionalLong.of(used.getAsLong() + other.used.getAsLong())
        : OptionalLong.empty();
    return new SpaceBytes(committed + other.committed, both, areas + other.areas, idle + other.idle,
        heads + other.heads);
  }

  void write(String name, Map<String, String> facts) {
    facts.put(name + ".committed", "" + committed);
    if (used.isPresent()) {
      facts.put(name + ".used", "" + used.getAsLong());
      facts.put(name + ".idle.resident", "" + idle);
      facts.put(name + ".heads.resident", "" + heads);
    }
  }
}

/**
 * The list of array buffers that the sweeper of each heap keeps: first, last, bytes in all. Which words they are is proved by walking: the
 * buffers' lengths must add up to what the sweeper says, and end with the last one.
 */
final class ArrayBuffers {
  private static final int WORDS_OF_HEAP = 600;
  private static final int WORDS_OF_SWEEPER = 40;
  private static final int MOST_BUFFERS = 1 << 18;
  private static final long MOST_BYTES = 1L << 40;
  private static final List<Shape> KNOWN = List.of(new Shape(24, 32, 0), new Shape(16, 24, 1), new Shape(16, 24, 0));

  private ArrayBuffers() {}

  /** Where a buffer's description holds the next one and its length. */
  private record Shape(int next, int length, int shift) {}

  /** Of all buffers of one heap; empty where no list was found, which is also so where there are none. */
  static OptionalLong bytes(ProcessMemory memory, long heap) {
    for (int word = 0; word < WORDS_OF_HEAP; word++) {
      long sweeper = memory.u64(heap + (long) word * Long.BYTES).orElse(0);
      boolean pointsBack = sweeper > 0 && sweeper % Long.BYTES == 0 && sweeper != heap
          && memory.u64(sweeper).orElse(0) == heap;
      OptionalLong bytes = pointsBack ? lists(memory, sweeper) : OptionalLong.empty();
      if (bytes.isPresent()) {
        return bytes;
      }
    }
    return OptionalLong.empty();
  }

  private static OptionalLong lists(ProcessMemory memory, long sweeper) {
    long sum = 0;
    boolean found = false;
    for (int word = 1; word < WORDS_OF_SWEEPER; word++) {
      long at = sweeper + (long) word * Long.BYTES;
      long first = memory.u64(at).orElse(0);
      long last = memory.u64(at + 8).orElse(0);
      long bytes = memory.u64(at + 16).orElse(0);
      if (first > 0 && last > 0 && bytes > 0 && bytes < MOST_BYTES
          && KNOWN.stream().anyMatch(shape -> addsUp(memory, first, last, bytes, shape))) {
        sum += bytes;
        found = true;
      }
    }
    return found ? OptionalLong.of(sum) : OptionalLong.empty();
  }

  private static boolean addsUp(ProcessMemory memory, long first, long last, long bytes, Shape shape) {
    long sum = 0;
    long at = first;
    for (int count = 0; count < MOST_BUFFERS && at > 0 && at % Long.BYTES == 0; count++) {
      OptionalLong length = memory.u64(at + shape.length());
      OptionalLong next = memory.u64(at + shape.next());
      if (length.isEmpty() || next.isEmpty()) {
        return false;
      }
      sum += length.getAsLong() >>> shape.shift();
      if (at == last) {
        return Math.abs(sum - bytes) <= Long.BYTES;
      }
      if (sum < 0 || sum > bytes + Long.BYTES) {
        return false;
      }
      at = next.getAsLong();
    }
    return false;
  }
}
