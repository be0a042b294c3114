package io.tare.capture.sample;

import static io.tare.model.history.Sample.UNKNOWN;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.jvm.PerfDataBytes;
import io.tare.formats.jvm.PerfDataOffsets;
import io.tare.model.history.SampleColumn;
import io.tare.model.history.SampleColumn.Collector;
import io.tare.model.jvm.PerfData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the counters that a HotSpot JVM keeps in its hsperfdata file.
 *
 * <p>The counters of survivor and old spaces are renewed at the end of each collection, those of eden also in between: what is in use
 * besides eden, right after a collection, is the floor of the heap.
 *
 * <p>ZGC collects while the program allocates: of a ZGC with generations the young one is mostly what came meanwhile, so the floor is what
 * the old one holds. Its counters are renewed at pauses, the last of which comes before the garbage goes: what the old generation holds after
 * a collection of the whole heap is told from the next pause on.
 */
final class HotspotSampler implements AutoCloseable {
  private static final int GENERATIONS = 2;
  private static final int SPACES = 5;
  private static final int COLLECTORS = 4;
  private static final String OLD = "sun.gc.generation.1.space.0";
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final HeldFile file;
  private PerfDataOffsets offsets = PerfDataOffsets.of(new byte[0], 0);
  private int[] edenUsed = {};
  private int[] otherUsed = {};
  private int[] floor = {};
  private int[] capacities = {};
  private int[] runs = {};
  private int[] wholeRuns = {};
  private int[] fullRuns = {};
  private int[] times = {};
  private Map<SampleColumn, Long> facts = Map.of();
  private int[] begins = {};
  private int[] ends = {};
  private long lastRuns = UNKNOWN;
  private long lastBegun;

  HotspotSampler(HeldFile file) {
    this.file = file;
  }

  void sample(long[] into) {
    int length = file.read();
    if (length < PerfDataOffsets.ENTRY_COUNT_OFFSET + Integer.BYTES) {
      return;
    }
    ByteBuffer counters = ByteBuffer.wrap(file.bytes(), 0, length).order(offsets.order());
    if (offsets.entries() == 0 || counters.getInt(PerfDataOffsets.ENTRY_COUNT_OFFSET) != offsets.entries()) {
      locate(length);
      counters.order(offsets.order());
    }
    heap(counters, into);
    collections(counters, into);
    into[SampleColumn.CLASSES.index()] = classes(counters);
  }

  private void locate(int length) {
    offsets = PerfDataOffsets.of(file.bytes(), length);
    facts = CollectorFacts.of(Arrays.copyOf(file.bytes(), length));
    Map<String, Integer> found = offsets.offsets();
    boolean hasEden = found.containsKey("sun.gc.generation.0.space.1.used");
    List<String> eden = new ArrayList<>();
    List<String> others = new ArrayList<>();
    List<String> capacity = new ArrayList<>();
    for (int generation = 0; generation < GENERATIONS; generation++) {
      for (int space = 0; space < SPACES; space++) {
        String prefix = "sun.gc.generation." + generation + ".space." + space;
        (hasEden && generation == 0 && space == 0 ? eden : others).add(prefix + ".used");
        capacity.add(prefix + ".capacity");
      }
    }
    edenUsed = places(eden);
    otherUsed = places(others);
    capacities = places(capacity);
    runs = places(collectors("invocations"));
    wholeRuns = places(List.of("sun.gc.collector.1.invocations", "sun.gc.collector.2.invocations"));
    Optional<Collector> kind = Collector.byCode(facts.getOrDefault(SampleColumn.GC_KIND, 0L));
    int[] old = places(List.of(OLD + ".used"));
    boolean isYoungNew = kind.equals(Optional.of(Collector.ZGC)) && old.length > 0 && otherUsed.length > old.length;
    floor = isYoungNew ? old : otherUsed;
    boolean compacts = kind.filter(one -> one != Collector.ZGC && one != Collector.SHENANDOAH).isPresent();
    fullRuns = compacts ? places(List.of("sun.gc.collector.1.invocations")) : new int[0];
    times = places(collectors("time"));
    begins = places(collectors("lastEntryTime"));
    ends = places(collectors("lastExitTime"));
  }

  private static List<String> collectors(String counter) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < COLLECTORS; i++) {
      names.add("sun.gc.collector." + i + "." + counter);
    }
    return names;
  }

  private int[] places(List<String> names) {
    return names.stream().filter(offsets.offsets()::containsKey).mapToInt(offsets.offsets()::get).toArray();
  }

  private void heap(ByteBuffer counters, long[] into) {
    if (otherUsed.length == 0) {
      return;
    }
    long settled = sum(counters, otherUsed);
    into[SampleColumn.HEAP_USED.index()] = settled + sum(counters, edenUsed);
    into[SampleColumn.HEAP_COMMITTED.index()] = sum(counters, capacities);
  }

  private void collections(ByteBuffer counters, long[] into) {
    if (runs.length == 0) {
      return;
    }
    long count = sum(counters, runs);
    long frequency = value(counters, "sun.os.hrt.frequency", NANOS_PER_SECOND);
    into[SampleColumn.GC_RUNS.index()] = count;
    if (wholeRuns.length > 0) {
      into[SampleColumn.GC_WHOLE_RUNS.index()] = sum(counters, wholeRuns);
    }
    if (fullRuns.length > 0) {
      into[SampleColumn.GC_FULL_RUNS.index()] = sum(counters, fullRuns);
    }
    into[SampleColumn.GC_NANOS.index()] = frequency <= 0
        ? UNKNOWN
        : (long) ((double) sum(counters, times) * NANOS_PER_SECOND / frequency);
    long processorNanos = value(counters, "sun.threads.total_gc_cpu_time", 0);
    into[SampleColumn.GC_CPU_NANOS.index()] = processorNanos > 0 ? processorNanos : UNKNOWN;
    if (lastRuns == UNKNOWN) {
      lastRuns = count;
      tell(into);
    } else if (count > lastRuns && floor.length > 0 && !isCollecting(counters)) {
      into[SampleColumn.HEAP_FLOOR.index()] = sum(counters, floor);
      lastRuns = count;
      tell(into);
    }
  }

  private void tell(long[] into) {
    facts.forEach((column, value) -> into[column.index()] = value);
  }

  /**
   * A collection is counted when it begins, and the spaces are renewed when it ends: in between they tell of the time before. One
   * that has not ended at the next reading either is not waited for.
   */
  private boolean isCollecting(ByteBuffer counters) {
    long begun = 0;
    for (int i = 0; i < Math.min(begins.length, ends.length); i++) {
      long begin = at(counters, begins[i]);
      begun = begin > at(counters, ends[i]) ? Math.max(begun, begin) : begun;
    }
    boolean isNew = begun != lastBegun;
    lastBegun = begun;
    return begun != 0 && isNew;
  }

  private long classes(ByteBuffer counters) {
    if (!offsets.offsets().containsKey("java.cls.loadedClasses")) {
      return UNKNOWN;
    }
    return value(counters, "java.cls.loadedClasses", 0) + value(counters, "java.cls.sharedLoadedClasses", 0)
        - value(counters, "java.cls.unloadedClasses", 0) - value(counters, "java.cls.sharedUnloadedClasses", 0);
  }

  private long value(ByteBuffer counters, String name, long otherwise) {
    Integer at = offsets.offsets().get(name);
    return at == null || at + Long.BYTES > counters.limit() ? otherwise : counters.getLong(at);
  }

  private static long sum(ByteBuffer counters, int[] places) {
    long sum = 0;
    for (int place : places) {
      sum += at(counters, place);
    }
    return sum;
  }

  private static long at(ByteBuffer counters, int place) {
    return place + Long.BYTES <= counters.limit() ? counters.getLong(place) : 0;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}

/** Which collector it is and what it was told: what never changes while the JVM lives. */
final class CollectorFacts {
  private static final long USUAL_START = 45;
  private static final long USUAL_WASTE = 5;
  private static final long USUAL_THRESHOLD = 25;
  /** From JDK 21 on ZGC moves what is in pages with a twentieth of garbage, before with a quarter. */
  private static final int FINER_SINCE = 21;

  private CollectorFacts() {}

  static Map<SampleColumn, Long> of(byte[] content) {
    try {
      return of(PerfDataBytes.parse("hsperfdata", content, ParseLimits.DEFAULT).value());
    } catch (NotThisFormat unfinished) {
      return Map.of();
    }
  }

  private static Map<SampleColumn, Long> of(PerfData data) {
    Optional<Collector> kind = List.of("sun.gc.collector.0.name", "sun.gc.collector.2.name").stream()
        .flatMap(name -> data.string(name).stream()).findFirst().flatMap(Collector::byName);
    Map<SampleColumn, Long> facts = new EnumMap<>(SampleColumn.class);
    kind.ifPresent(found -> {
      facts.put(SampleColumn.GC_KIND, (long) found.code());
      facts.put(SampleColumn.GC_WASTE_PERCENT, waste(found, data));
    });
    kind.filter(found -> found == Collector.G1).ifPresent(_ -> facts.put(SampleColumn.GC_START_PERCENT,
        flag(data, "InitiatingHeapOccupancyPercent").orElse(USUAL_START)));
    kind.filter(found -> found == Collector.SERIAL || found == Collector.PARALLEL)
        .ifPresent(_ -> data.number("sun.gc.generation.1.maxCapacity").ifPresent(most -> facts
            .put(SampleColumn.OLD_MOST, most)));
    return facts;
  }

  private static long waste(Collector kind, PerfData data) {
    return switch (kind) {
      case G1 -> flag(data, "G1HeapWastePercent").orElse(USUAL_WASTE);
      case ZGC ->
        flag(data, "ZFragmentationLimit").orElse(feature(data) >= FINER_SINCE ? USUAL_WASTE : USUAL_THRESHOLD);
      case SHENANDOAH -> flag(data, "ShenandoahGarbageThreshold").orElse(USUAL_THRESHOLD);
      case SERIAL, PARALLEL -> flag(data, "MarkSweepDeadRatio").orElse(USUAL_WASTE);
    };
  }

  /** {@code 25.0.1+8-LTS}, {@code 17.0.2+8}. */
  private static long feature(PerfData data) {
    Matcher version = Pattern.compile("(\\d{1,4}).*").matcher(data.string("java.property.java.vm.version").orElse(""));
    return version.matches() ? Long.parseLong(version.group(1)) : 0;
  }

  /** As it was given on the command line; the last one counts. */
  private static OptionalLong flag(PerfData data, String name) {
    Matcher given = Pattern.compile("-XX:" + name + "=(\\d{1,3})").matcher(data.string("java.rt.vmArgs").orElse(""));
    OptionalLong value = OptionalLong.empty();
    while (given.find()) {
      value = OptionalLong.of(Long.parseLong(given.group(1)));
    }
    return value;
  }
}
