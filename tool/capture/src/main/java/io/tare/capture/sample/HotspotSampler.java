package io.tare.capture.sample;

import static io.tare.model.history.Sample.UNKNOWN;

import io.tare.formats.jvm.PerfDataOffsets;
import io.tare.model.history.SampleColumn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads the counters that a HotSpot JVM keeps in its hsperfdata file.
 *
 * <p>The counters of survivor and old spaces are renewed at the end of each collection, those of eden also in between: what is in use
 * besides eden, right after a collection, is the floor of the heap.
 */
final class HotspotSampler implements AutoCloseable {
  private static final int GENERATIONS = 2;
  private static final int SPACES = 5;
  private static final int COLLECTORS = 4;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final HeldFile file;
  private PerfDataOffsets offsets = PerfDataOffsets.of(new byte[0], 0);
  private int[] edenUsed = {};
  private int[] otherUsed = {};
  private int[] capacities = {};
  private int[] runs = {};
  private int[] wholeRuns = {};
  private int[] times = {};
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
    into[SampleColumn.GC_NANOS.index()] = frequency <= 0
        ? UNKNOWN
        : (long) ((double) sum(counters, times) * NANOS_PER_SECOND / frequency);
    long processorNanos = value(counters, "sun.threads.total_gc_cpu_time", 0);
    into[SampleColumn.GC_CPU_NANOS.index()] = processorNanos > 0 ? processorNanos : UNKNOWN;
    if (lastRuns == UNKNOWN) {
      lastRuns = count;
    } else if (count > lastRuns && otherUsed.length > 0 && !isCollecting(counters)) {
      into[SampleColumn.HEAP_FLOOR.index()] = sum(counters, otherUsed);
      lastRuns = count;
    }
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
