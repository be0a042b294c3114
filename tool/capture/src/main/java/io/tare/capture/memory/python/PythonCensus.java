package io.tare.capture.memory.python;

import io.tare.capture.memory.MappingIndex;
import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.executable.ProcessSymbols;
import io.tare.capture.memory.python.PoolScan.PoolHead;
import io.tare.capture.memory.python.PoolScan.PoolShape;
import io.tare.formats.Parsed;
import io.tare.model.Problem;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.proc.Smaps;
import io.tare.model.profile.TypeCensus;
import io.tare.model.profile.TypeCensus.Cost;
import io.tare.model.profile.TypeCensus.Truth;
import io.tare.model.profile.TypeCensus.TypeCount;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Objects by type, of CPython 3.11 to 3.14: those on the collector's lists, which {@code gc.get_objects()} returns, the others, numbers and
 * texts, in the blocks that are in use, and of those that are too large for a block the ones that some object refers to.
 */
public final class PythonCensus {
  /** The interpreter's variables that the census starts from. */
  public static final Set<String> SYMBOLS = Set.of("Py_Version", "_PyRuntime", "PyType_Type", "PyList_Type",
      "PyDict_Type", "PySet_Type", "PyFrozenSet_Type", "PyUnicode_Type");

  private static final byte[] COOKIE = {'x', 'd', 'e', 'b', 'u', 'g', 'p', 'y'};
  private static final int MOST_OBJECTS = 20_000_000;
  private static final int LISTS_BYTES = 400;
  private static final int COLLECTOR_BYTES = 16;
  private static final int MOST_HEAD_BYTES = 32;

  private final ProcessMemory memory;
  private final MappingIndex mappings;
  private final int minor;
  private final PythonTypes types;
  private final PythonSizes sizes;
  private final LargeObjects large;
  private final Map<PythonTypes.Type, long[]> counts = new HashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  /** Where what the collector knows begins, heads included; sorted when all are found. */
  private long[] collected = new long[1 << 12];
  private int found;

  private PythonCensus(ProcessMemory memory, MappingIndex mappings, int minor, ProcessSymbols symbols) {
    this.memory = memory;
    this.mappings = mappings;
    this.minor = minor;
    this.types = new PythonTypes(memory, mappings, minor, symbols.address("PyType_Type").orElse(-1));
    this.sizes = new PythonSizes(memory, minor, symbols);
    this.large = new LargeObjects(memory, mappings, minor, symbols, types, sizes);
  }

  public static Parsed<Optional<TypeCensus>> take(ProcessMemory memory, Smaps smaps, ProcessSymbols symbols) {
    long began = System.nanoTime();
    Duration cpu = cpu();
    long version = symbols.address("Py_Version").stream().map(at -> memory.u32(at).orElse(0)).findFirst().orElse(0);
    int minor = (int) (version >>> 16 & 0xff);
    if (version >>> 24 != 3 || minor < 11 || minor > 14 || symbols.address("_PyRuntime").isEmpty()) {
      return nothing("objects are counted of CPython 3.11 to 3.14 so far"
          + (version == 0 ? ", and which one this is can't be told" : ", and this is 3." + minor));
    }
    PythonCensus census = new PythonCensus(memory, new MappingIndex(smaps), minor, symbols);
    List<Long> lists = census.lists(symbols.address("_PyRuntime").getAsLong());
    if (lists.isEmpty()) {
      return nothing("the collector's lists of objects were not found");
    }
    lists.forEach(census::list);
    census.collected = Arrays.copyOf(census.collected, census.found);
    Arrays.sort(census.collected);
    census.blocks(smaps);
    census.large.each(census::count);
    if (memory.budgetExceeded()) {
      census.problem("counting was given up after " + memory.ranOut() + ", before all objects were counted");
    }
    Cost cost = new Cost((System.nanoTime() - began) / 1_000_000, cpu().minus(cpu).toMillis(), memory.bytesRead(), 1);
    Truth truth = census.problems.isEmpty() ? Truth.APPROXIMATE : Truth.TORN;
    return new Parsed<>(Optional.of(new TypeCensus("cpython", truth, 1, census.counts(), 0, cost)), census.problems);
  }

  private static Duration cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static Parsed<Optional<TypeCensus>> nothing(String why) {
    return new Parsed<>(Optional.empty(), List.of(new Problem(ArtifactNames.CENSUS, "", why)));
  }

  private void problem(String message) {
    problems.add(new Problem(ArtifactNames.CENSUS, "", message));
  }

  /** The heads of the generations: pairs of pointers, the next one of which points back. From 3.13 on the runtime tells where to look. */
  private List<Long> lists(long runtime) {
    long interpreters = minor == 11 || minor == 12 ? 40 : 0;
    long collector = minor == 11 ? 648 : minor == 12 ? 112 : 0;
    if (memory.read(runtime, COOKIE.length).filter(cookie -> Arrays.equals(cookie, COOKIE)).isPresent()) {
      interpreters = memory.u64(runtime + 40).orElse(0);
      collector = memory.u64(runtime + 8 + 8L * (minor >= 14 ? 10 : 9)).orElse(0);
    }
    List<Long> heads = new ArrayList<>();
    long start = memory.u64(runtime + interpreters).orElse(0) + collector;
    for (long head = start; collector > 0 && head < start + LISTS_BYTES; head += 8) {
      long next = memory.u64(head).orElse(0) & ~3;
      long previous = memory.u64(head + 8).orElse(0) & ~3;
      if (next > 0 && previous > 0 && (memory.u64(next + 8).orElse(0) & ~3) == head
          && (memory.u64(previous).orElse(0) & ~3) == head) {
        heads.add(head);
      }
    }
    return heads;
  }

  private void list(long head) {
    long at = memory.u64(head).orElse(0) & ~3;
    while (at != head) {
      long object = at + COLLECTOR_BYTES;
      Optional<PythonTypes.Type> type = types.at(memory.u64(object + 8).orElse(0));
      if (type.isEmpty() || found >= MOST_OBJECTS) {
        problem("a list of the collector changed while it was read: what is behind is counted only as far as it lies in"
            + " pools");
        return;
      }
      count(type.get(), sizes.of(object, type.get()));
      large.from(object, type.get());
      if (found == collected.length) {
        collected = Arrays.copyOf(collected, 2 * found);
      }
      collected[found++] = object - type.get().headBytes(minor);
      at = memory.u64(at).orElse(0) & ~3;
    }
  }

  private void count(PythonTypes.Type type, long bytes) {
    long[] count = counts.computeIfAbsent(type, added -> new long[2]);
    count[0]++;
    count[1] += bytes;
  }

  private void blocks(Smaps smaps) {
    PoolScan scan = new PoolScan(memory);
    scan.sample(smaps).ifPresent(samples -> samples.mappings().forEach(
        mapping -> scan.pools(mapping, samples.shape()).pools().forEach(pool -> blocks(pool, samples.shape()))));
  }

  private void blocks(PoolHead pool, PoolShape shape) {
    Optional<ByteBuffer> content = pool.isEmpty()
        ? Optional.empty()
        : memory.read(pool.address(), shape.poolBytes()).or(() -> memory.read(pool.address(), memory.pageBytes()))
            .map(ProcessMemory::inOrder);
    if (content.isEmpty()) {
      return;
    }
    ByteBuffer bytes = content.get();
    int end = Math.min(bytes.limit(), bytes.getInt(40));
    Set<Integer> free = free(bytes, pool, end);
    for (int at = PoolHead.BYTES; at + pool.blockBytes() <= end; at += pool.blockBytes()) {
      if (!free.contains(at)) {
        block(bytes, at, pool);
      }
    }
  }

  private static Set<Integer> free(ByteBuffer bytes, PoolHead pool, int end) {
    Set<Integer> free = new HashSet<>();
    long next = bytes.getLong(8);
    while (next > pool.address() && next + 8 <= pool.address() + end && free.add((int) (next - pool.address()))) {
      next = bytes.getLong((int) (next - pool.address()));
    }
    return free;
  }

  private void block(ByteBuffer bytes, int at, PoolHead pool) {
    long address = pool.address() + at;
    if (Arrays.binarySearch(collected, address) >= 0) {
      return;
    }
    for (int head = 0; head <= MOST_HEAD_BYTES && head + 16 <= pool.blockBytes(); head += 16) {
      long references = bytes.getLong(at + head);
      Optional<PythonTypes.Type> type = references == 0 || mappings.covers(references)
          ? Optional.empty()
          : types.at(bytes.getLong(at + head + 8));
      if (type.isPresent() && type.get().headBytes(minor) == head
          && fits(address + head, type.get(), pool.blockBytes())) {
        count(type.get(), sizes.of(address + head, type.get()));
        large.from(address + head, type.get());
        return;
      }
    }
  }

  private boolean fits(long object, PythonTypes.Type type, int blockBytes) {
    return type.isCollected()
        ? type.headBytes(minor) + type.basicBytes() <= blockBytes
        : sizes.of(object, type) <= blockBytes;
  }

  private List<TypeCount> counts() {
    Map<String, TypeCount> byName = new HashMap<>();
    counts.forEach((type, count) -> byName.merge(type.module() + "." + type.name(),
        new TypeCount(type.name(), type.module(), count[0], count[1]), (one, other) -> new TypeCount(one.name(),
            one.module(), one.objects() + other.objects(), one.bytes() + other.bytes())));
    return byName.values().stream().sorted(Comparator.comparingLong(TypeCount::bytes).reversed()
        .thenComparing(TypeCount::name).thenComparing(TypeCount::module)).toList();
  }
}
