package io.tare.probe;

import io.tare.probe.metric.Meaning;
import io.tare.probe.metric.Metric;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One reading of this process's memory: every {@link Metric} that the JVM and the kernel would tell, taken at one moment.
 *
 * <p>{@link #now()} costs a few microseconds and allocates nothing but the reading itself, so it can stand in a loop.
 * {@link #withRss()} also asks the kernel, which costs tens of microseconds and some garbage. What could not be read is
 * absent, not zero.
 *
 * <pre>{@code
 * MemoryStats before = MemoryStats.now();
 * work();
 * System.out.println(MemoryStats.now().minus(before));
 * System.out.println(MemoryStats.now().line("AFTER_WORK")); // [MEMSTATS:AFTER_WORK] Alloc=15MB TotalAlloc=…
 * }</pre>
 */
public final class MemoryStats {
  static final long UNKNOWN = Long.MIN_VALUE;

  private final long takenAtEpochMillis;
  private final long[] values;

  MemoryStats(long takenAtEpochMillis, long[] values) {
    this.takenAtEpochMillis = takenAtEpochMillis;
    this.values = values;
  }

  /** What the JVM tells, without the parts that need the kernel: {@link Metric#PROCESS_CPU} and what stands behind it but the uptime and the GC's goal. */
  public static MemoryStats now() {
    return MemoryReader.READER.read();
  }

  /** What the JVM tells, the process's processor time and, on Linux, resident memory, swap, the cgroup's usage and limit. */
  public static MemoryStats withRss() {
    return MemoryReader.READER.readWithRss();
  }

  /** What each metric is, what moves it, and whether it must come back after a GC: one paragraph each. */
  public static String explain() {
    StringBuilder text = new StringBuilder();
    for (Metric metric : MemoryReader.METRICS) {
      Meaning meaning = metric.meaning();
      text.append(metric.key()).append(": ").append(meaning.what()).append(".\n  up: ").append(meaning.up())
          .append("\n  down: ")
          .append(meaning.down()).append("\n  after a GC: ").append(meaning.afterGc().words()).append('\n');
    }
    return text.toString();
  }

  public OptionalLong get(Metric metric) {
    long value = values[metric.index()];
    return value == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(value);
  }

  public Instant takenAt() {
    return Instant.ofEpochMilli(takenAtEpochMillis);
  }

  public long heapUsedBytes() {
    return values[Metric.HEAP_USED.index()];
  }

  public long heapCommittedBytes() {
    return values[Metric.HEAP_COMMITTED.index()];
  }

  public long heapMaxBytes() {
    return values[Metric.HEAP_MAX.index()];
  }

  /** Heap in use right after the last GC; absent before the first one. */
  public OptionalLong heapLiveBytes() {
    return get(Metric.HEAP_LIVE);
  }

  /** All that the process's threads ever allocated; absent where the JVM does not count it (before JDK 21 and late updates of 17). */
  public OptionalLong totalAllocatedBytes() {
    return get(Metric.TOTAL_ALLOCATED);
  }

  /** All that the calling thread ever allocated; absent on a virtual thread. */
  public OptionalLong threadAllocatedBytes() {
    return get(Metric.THREAD_ALLOCATED);
  }

  /** Time stopped for GC as a share of the time since the start, 0 to 1. */
  public OptionalDouble gcPauseShare() {
    long uptimeMillis = values[Metric.UPTIME.index()];
    return uptimeMillis <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) values[Metric.GC_PAUSE.index()] / uptimeMillis);
  }

  /** What changed since an earlier reading. */
  public MemoryChange minus(MemoryStats before) {
    return new MemoryChange(before, this);
  }

  /** The MEMSTATS line for people and for scripts that know it: bytes as whole megabytes. */
  public String line(String label) {
    return MemstatsLine.of(label, this).inMegabytes();
  }

  /** The MEMSTATS line to the byte, for programs. */
  public String exactLine(String label) {
    return MemstatsLine.of(label, this).exact();
  }

  /** Writes the first metrics, {@link Long#MIN_VALUE} for an unknown one, as the marks file keeps them. */
  public void copyTo(ByteBuffer buffer, int at, int metrics) {
    for (int i = 0; i < metrics; i++) {
      buffer.putLong(at + i * Long.BYTES, values[i]);
    }
  }

  /** The value or {@link #UNKNOWN}, for code that must not allocate. */
  long raw(Metric metric) {
    return values[metric.index()];
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MemoryStats that && takenAtEpochMillis == that.takenAtEpochMillis
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return exactLine("NOW");
  }
}
