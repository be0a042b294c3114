package io.tare.capture.memory.python;

import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.executable.ProcessSymbols;
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
 * CPython's memory for small objects: {@code arenas.bytes}, {@code blocks.used}, {@code arenas.freeBytes},
 * {@code arenas.freeResidentBytes}; ranges {@code arena}.
 */
public final class PythonRuntime {
  private static final Pattern FILE = Pattern.compile(".*/(?:lib)?python(\\d)?(?:\\.(\\d+))?[a-z]*(?:\\.so[.\\d]*)?");
  private static final String VERSION = "Py_Version";

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
      Problem problem = new Problem(ArtifactNames.PYTHON, "", "no pools of small objects were found");
      return new Parsed<>(new RuntimeFacts(facts, List.of()), List.of(problem));
    }
    PoolShape shape = samples.get().shape();
    List<NamedRange> ranges = new ArrayList<>();
    Usage usage = Usage.NONE;
    for (AddressRange mapping : samples.get().mappings()) {
      PoolScan.FoundPools found = scan.pools(mapping, shape);
      List<AddressRange> arenas = Arenas.of(found, shape);
      arenas.forEach(arena -> ranges.add(new NamedRange("arena", arena)));
      usage = usage.plus(Usage.of(memory, found.pools(), arenas, shape));
    }
    usage.write(facts);
    // Each pool's head was checked against its own class of size; only where an arena begins is concluded.
    facts.put("ranges.confidence", "derived");
    return new Parsed<>(new RuntimeFacts(facts, ranges), memory.budgetExceeded() ? cut() : List.of());
  }

  private static List<Problem> cut() {
    return List.of(new Problem(ArtifactNames.PYTHON, "", "the budget ended before all pools were seen"));
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

/** Where the arenas of a mapping's pools lie. A pool knows its arena's number, not its place: the lowest pool is the arena's first. */
final class Arenas {
  private static final long PAGE_BYTES = 4096;

  private Arenas() {}

  static List<AddressRange> of(PoolScan.FoundPools found, PoolShape shape) {
    Map<Long, Long> firstPools = new TreeMap<>();
    found.pools().forEach(pool -> firstPools.merge(pool.arena(), pool.address(), Math::min));
    List<AddressRange> arenas = new ArrayList<>();
    for (long firstPool : firstPools.values()) {
      AddressRange arena = AddressRange.ofSize(start(firstPool, found.mapping(), shape), shape.arenaBytes());
      arenas.add(arena.intersection(found.mapping()));
    }
    return arenas.stream().sorted().toList();
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

/**
 * What the arenas hold.
 *
 * @param usedBytes blocks in use
 * @param headBytes of the pools that hold some
 * @param freeResidentBytes present pages of pools that hold nothing
 */
record Usage(long arenas, long arenaBytes, long usedBytes, long headBytes, long freeResidentBytes) {
  static final Usage NONE = new Usage(0, 0, 0, 0, 0);

  static Usage of(ProcessMemory memory, List<PoolHead> pools, List<AddressRange> arenas, PoolShape shape) {
    long used = 0;
    long heads = 0;
    long idle = 0;
    for (PoolHead pool : pools) {
      used += (long) pool.blocksUsed() * pool.blockBytes();
      heads += pool.isEmpty() ? 0 : PoolHead.BYTES;
      if (pool.isEmpty()) {
        AddressRange range = AddressRange.ofSize(pool.address(), shape.poolBytes());
        idle += memory.presentRuns(range).stream().mapToLong(AddressRange::bytes).sum();
      }
    }
    return new Usage(arenas.size(), arenas.stream().mapToLong(AddressRange::bytes).sum(), used, heads, idle);
  }

  Usage plus(Usage other) {
    return new Usage(arenas + other.arenas, arenaBytes + other.arenaBytes, usedBytes + other.usedBytes,
        headBytes + other.headBytes, freeResidentBytes + other.freeResidentBytes);
  }

  void write(Map<String, String> facts) {
    facts.put("arenas.count", String.valueOf(arenas));
    facts.put("arenas.bytes", String.valueOf(arenaBytes));
    facts.put("blocks.used", String.valueOf(usedBytes));
    facts.put("arenas.freeBytes", String.valueOf(Math.max(0, arenaBytes - usedBytes - headBytes)));
    facts.put("arenas.freeResidentBytes", String.valueOf(freeResidentBytes));
  }
}
