package io.tare.capture.memory.python;

import io.tare.capture.memory.MappingIndex;
import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.Variables;
import io.tare.capture.memory.executable.ProcessSymbols;
import io.tare.capture.memory.python.ArenaTable.Arena;
import io.tare.capture.memory.python.PoolScan.FoundPools;
import io.tare.capture.memory.python.PoolScan.PoolHead;
import io.tare.capture.memory.python.PoolScan.PoolShape;
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
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CPython's memory for small objects, in the words of {@code sys._debugmallocstats()}: {@code arenas.count}, {@code arenas.bytes},
 * {@code arenas.alignment}, {@code blocks.used}, {@code blocks.free}, {@code pools.unused}, {@code pools.headers},
 * {@code pools.quantization}; what is resident of {@code blocks.free.resident}, {@code pools.unused.resident} and
 * {@code overhead.resident}; ranges {@code arena}.
 */
public final class PythonRuntime {
  private static final Pattern FILE = Pattern.compile(".*/(?:lib)?python(\\d)?(?:\\.(\\d+))?[a-z]*(?:\\.so[.\\d]*)?");
  private static final String VERSION = "Py_Version";

  /** A program that runs meanwhile takes and returns a few pools; more of a difference is a layout that is not understood. */
  private static final int MOST_POOLS_OFF = 16;
  private static final int MOST_POOLS_OFF_SHARE = 50;

  /** Symbols of the interpreter that make its version exact. */
  public static final Set<String> SYMBOLS = Set.of(VERSION);

  private PythonRuntime() {}

  /** Whether this is a file of the interpreter: its library, or a program that contains it. */
  public static boolean isInterpreter(Mapping mapping) {
    return mapping.hasPath() && FILE.matcher(mapping.name()).matches();
  }

  /** Reads the allocator of a process that maps an {@linkplain #isInterpreter interpreter}. */
  public static Parsed<RuntimeFacts> read(ProcessMemory memory, Smaps smaps, ProcessSymbols symbols) {
    Map<String, String> facts = new TreeMap<>();
    version(memory, smaps, symbols).ifPresent(version -> facts.put("version", version));
    PoolScan scan = new PoolScan(memory);
    Optional<PoolScan.Samples> samples = scan.sample(smaps);
    if (samples.isEmpty()) {
      return new Parsed<>(new RuntimeFacts(facts, List.of()), List.of(problem("no pools of small objects were found")));
    }
    PoolShape shape = samples.get().shape();
    List<FoundPools> found = samples.get().mappings().stream().map(mapping -> scan.pools(mapping, shape)).toList();
    List<PoolHead> pools = found.stream().flatMap(one -> one.pools().stream()).toList();
    Optional<ArenaTable> table = ArenaTable.find(memory,
        Variables.of(memory, smaps, PythonRuntime::isInterpreter).pointers(new MappingIndex(smaps), Long.BYTES), pools,
        shape);
    List<Problem> problems = new ArrayList<>();
    List<Arena> arenas = table.map(known -> List.copyOf(known.arenas().values()))
        .orElseGet(() -> Guess.arenas(found, shape));
    List<NamedRange> ranges = arenas.stream().map(Arena::range).sorted().map(range -> new NamedRange("arena", range))
        .toList();
    if (memory.budgetExceeded()) {
      problems.add(problem("reading was given up after " + memory.ranOut()
          + ", before all pools were seen: which blocks are free is not known"));
      return new Parsed<>(new RuntimeFacts(facts, ranges), problems);
    }
    Map<Long, List<PoolHead>> byArena = byArena(arenas, pools, shape);
    Usage usage = Usage.NONE;
    for (Arena arena : arenas) {
      usage = usage.plus(Usage.of(memory, arena, byArena.getOrDefault(arena.range().start(), List.of()), shape));
    }
    long outside = pools.size() - byArena.values().stream().mapToLong(List::size).sum();
    if (outside > 0) {
      problems.add(problem(outside + " pools lie in no arena that the interpreter lists"));
    }
    if (table.isPresent() && usage.poolsOff() > MOST_POOLS_OFF + pools.size() / MOST_POOLS_OFF_SHARE) {
      problems.add(problem("the interpreter's counts and its pools differ by " + usage.poolsOff() + " of "
          + pools.size() + " pools: which blocks are free is not known"));
      return new Parsed<>(new RuntimeFacts(facts, ranges), problems);
    }
    usage.write(facts);
    boolean exact = table.isPresent() && usage.poolsOff() == 0 && outside == 0;
    facts.put("ranges.confidence", table.isPresent() ? "measured" : "derived");
    facts.put("blocks.confidence", exact ? "measured" : "derived");
    return new Parsed<>(new RuntimeFacts(facts, ranges), problems);
  }

  /** The pools that lie in each arena, by its address. */
  private static Map<Long, List<PoolHead>> byArena(List<Arena> arenas, List<PoolHead> pools, PoolShape shape) {
    TreeMap<Long, List<PoolHead>> byArena = new TreeMap<>();
    arenas.forEach(arena -> byArena.put(arena.range().start(), new ArrayList<>()));
    for (PoolHead pool : pools) {
      Map.Entry<Long, List<PoolHead>> own = byArena.floorEntry(pool.address());
      if (own != null && pool.address() + shape.poolBytes() <= own.getKey() + shape.arenaBytes()) {
        own.getValue().add(pool);
      }
    }
    return byArena;
  }

  private static Problem problem(String message) {
    return new Problem(ArtifactNames.PYTHON, "", message);
  }

  /** {@code 3.11.7} from {@code 0x030b07f0}, else what the file's name says. */
  private static Optional<String> version(ProcessMemory memory, Smaps smaps, ProcessSymbols symbols) {
    OptionalLong address = symbols.address(VERSION);
    OptionalLong number = address.isEmpty() ? OptionalLong.empty() : memory.u64(address.getAsLong());
    if (number.isPresent()) {
      long hex = number.getAsLong();
      return Optional.of((hex >>> 24 & 0xff) + "." + (hex >>> 16 & 0xff) + "." + (hex >>> 8 & 0xff));
    }
    for (Mapping mapping : smaps.mappings()) {
      Matcher name = FILE.matcher(mapping.name());
      if (name.matches() && name.group(2) != null) {
        return Optional.of(name.group(1) + "." + name.group(2));
      }
    }
    return Optional.empty();
  }
}

/**
 * Where the arenas of pools lie when the interpreter's list of them was not found. A pool knows its arena's number, not its place: the
 * lowest pool is the arena's first.
 */
final class Guess {
  private static final long PAGE_BYTES = 4096;

  private Guess() {}

  static List<Arena> arenas(List<FoundPools> found, PoolShape shape) {
    List<Arena> arenas = new ArrayList<>();
    for (FoundPools here : found) {
      Map<Long, List<PoolHead>> byNumber = new TreeMap<>();
      here.pools().forEach(pool -> byNumber.computeIfAbsent(pool.arena(), none -> new ArrayList<>()).add(pool));
      byNumber.values().forEach(pools -> arena(pools, here.mapping(), shape).ifPresent(arenas::add));
    }
    return arenas;
  }

  private static Optional<Arena> arena(List<PoolHead> pools, AddressRange mapping, PoolShape shape) {
    long firstPool = pools.stream().mapToLong(PoolHead::address).min().orElseThrow();
    AddressRange range = AddressRange.ofSize(start(firstPool, mapping, shape), shape.arenaBytes());
    if (!mapping.contains(range)) {
      return Optional.empty();
    }
    int inUse = (int) pools.stream().filter(pool -> !pool.isEmpty() && range.contains(pool.address())).count();
    int all = (int) ((range.end() - firstPool) / shape.poolBytes());
    return Optional.of(new Arena(range, all - inUse, all));
  }

  /** The first pool stands at a multiple of its size, its arena up to a pool before: where whole arenas fill the mapping. */
  private static long start(long firstPool, AddressRange mapping, PoolShape shape) {
    for (long start = firstPool; start > firstPool - shape.poolBytes()
        && start >= mapping.start(); start -= PAGE_BYTES) {
      boolean fromStart = (start - mapping.start()) % shape.arenaBytes() == 0;
      boolean toEnd = (mapping.end() - start) % shape.arenaBytes() == 0;
      if (fromStart || toEnd) {
        return start;
      }
    }
    return firstPool;
  }
}
