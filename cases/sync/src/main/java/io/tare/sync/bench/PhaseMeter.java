package io.tare.sync.bench;

import com.sun.management.OperatingSystemMXBean;
import io.tare.probe.MemoryStats;
import io.tare.probe.marks.Marks;
import io.tare.probe.metric.Metric;
import io.tare.sync.rewrite.RewriteListener;
import io.tare.sync.state.StateCache;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.OptionalLong;

/** Measures one phase: time, processor time, heap while it runs and after a GC, the file before and after. Sets the marks of the run. */
public final class PhaseMeter implements RewriteListener {
  private static final OperatingSystemMXBean SYSTEM = ManagementFactory
      .getPlatformMXBean(OperatingSystemMXBean.class);
  /** Not batches: with the smallest and with the largest the same stretches are timed. */
  private static final int FILES_BETWEEN_MARKS = 50_000;

  private final String phase;
  private final long fileBytesBefore;
  private final long startNanos = System.nanoTime();
  private final long startCpuNanos = SYSTEM.getProcessCpuTime();
  private final long startAllocatedBytes = orZero(MemoryStats.now(), Metric.TOTAL_ALLOCATED);
  private long heapPeakBytes;
  private long filesMarked;

  private PhaseMeter(String phase, long fileBytesBefore) {
    this.phase = phase;
    this.fileBytesBefore = fileBytesBefore;
  }

  public static PhaseMeter start(String phase, StateCache cache) throws IOException {
    Marks.at("START_" + phase);
    return new PhaseMeter(phase, cache.size().allocatedBytes());
  }

  @Override
  public void at(Moment moment, long batches, long files) {
    if (moment == Moment.AFTER_WRITE && files / FILES_BETWEEN_MARKS == filesMarked / FILES_BETWEEN_MARKS) {
      return;
    }
    filesMarked = files;
    MemoryStats now = MemoryStats.now();
    heapPeakBytes = Math.max(heapPeakBytes, now.heapUsedBytes());
    Marks.at(phase + "_" + moment + "_" + batches, files);
  }

  /** Ends the phase: waits for the disk, then runs a GC to see what stays. */
  public PhaseResult end(long files, StateCache cache) throws IOException {
    cache.sync();
    long nanos = System.nanoTime() - startNanos;
    long cpuNanos = SYSTEM.getProcessCpuTime() - startCpuNanos;
    heapPeakBytes = Math.max(heapPeakBytes, MemoryStats.now().heapUsedBytes());
    Marks.at(phase + "_BEFORE_GC", files);
    long allocatedBytes = orZero(MemoryStats.now(), Metric.TOTAL_ALLOCATED) - startAllocatedBytes;
    System.gc();
    MemoryStats after = MemoryStats.withRss();
    Marks.at(phase + "_AFTER_GC", files);
    PhaseResult.Heap heap = new PhaseResult.Heap(heapPeakBytes, after.heapUsedBytes(), allocatedBytes);
    return new PhaseResult(phase, files, new PhaseResult.Times(nanos, cpuNanos),
        new PhaseResult.Memory(heap, orZero(after, Metric.RSS_ANON), orZero(after, Metric.RSS_FILE)),
        new PhaseResult.FileGrowth(fileBytesBefore, cache.size().allocatedBytes()));
  }

  private static long orZero(MemoryStats stats, Metric metric) {
    OptionalLong value = stats.get(metric);
    return value.orElse(0);
  }
}
