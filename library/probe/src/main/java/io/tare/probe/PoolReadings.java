package io.tare.probe;

import static io.tare.probe.MemoryStats.UNKNOWN;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The memory pools' numbers. The JVM hands them out only in new objects, so they are read again only when something moved
 * them: a GC, a class loaded, code compiled, or a second gone by.
 */
final class PoolReadings {
  private static final long MAX_AGE_NANOS = 1_000_000_000L;

  record Size(long usedBytes, long committedBytes) {}

  private record Cause(long gcRuns, long classesLoaded, long compilationMillis) {}

  record Reading(Cause cause, long readAtNanos, long heapAfterGc, long gcGoal, Size metaspace,
      Size codeCache) {
    boolean holds(long gcRuns, long classesLoaded, long compilationMillis) {
      return cause.gcRuns == gcRuns && cause.classesLoaded == classesLoaded
          && cause.compilationMillis == compilationMillis
          && System.nanoTime() - readAtNanos < MAX_AGE_NANOS;
    }
  }

  private final List<MemoryPoolMXBean> metaspacePools = pools("Metaspace");
  private final List<MemoryPoolMXBean> codePools = pools("Code");
  private final List<MemoryPoolMXBean> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
      .filter(pool -> pool.getType() == MemoryType.HEAP).toList();
  private final boolean hasEden = heap.stream().anyMatch(PoolReadings::isEden);
  private final Set<String> heapPools = heap.stream().map(MemoryPoolMXBean::getName)
      .collect(Collectors.toUnmodifiableSet());
  private final List<GarbageCollectorMXBean> collectors = ManagementFactory
      .getPlatformMXBeans(GarbageCollectorMXBean.class);
  private final @Nullable CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
  private volatile @Nullable Reading last;

  Reading read(long gcRuns, long classesLoaded) {
    long compilationMillis = compiler != null && compiler.isCompilationTimeMonitoringSupported()
        ? compiler.getTotalCompilationTime()
        : 0;
    Reading known = last;
    if (known != null && known.holds(gcRuns, classesLoaded, compilationMillis)) {
      return known;
    }
    long heapAfterGc = known != null && known.cause.gcRuns == gcRuns ? known.heapAfterGc : heapAfterLastGc();
    Cause cause = new Cause(gcRuns, classesLoaded, compilationMillis);
    Reading fresh = new Reading(cause, System.nanoTime(), heapAfterGc, gcGoal(), size(metaspacePools), size(codePools));
    last = fresh;
    return fresh;
  }

  /** A collection begins when the space for new objects is full, whatever else lives. Collectors without such a space go by pace. */
  private long gcGoal() {
    if (!hasEden) {
      return UNKNOWN;
    }
    long bytes = 0;
    for (MemoryPoolMXBean pool : heap) {
      MemoryUsage usage = pool.getUsage();
      bytes += isEden(pool) ? usage.getCommitted() : usage.getUsed();
    }
    return bytes;
  }

  private static boolean isEden(MemoryPoolMXBean pool) {
    return pool.getName().contains("Eden");
  }

  private long heapAfterLastGc() {
    GcInfo latest = null;
    for (GarbageCollectorMXBean collector : collectors) {
      GcInfo info = collector.getLastGcInfo();
      if (info != null && (latest == null || info.getEndTime() >= latest.getEndTime())) {
        latest = info;
      }
    }
    return latest == null ? UNKNOWN : heapBytes(latest.getMemoryUsageAfterGc(), heapPools);
  }

  static long heapBytes(Map<String, MemoryUsage> usageByPool, Set<String> heapPools) {
    return usageByPool.entrySet().stream().filter(pool -> heapPools.contains(pool.getKey()))
        .mapToLong(pool -> pool.getValue().getUsed()).sum();
  }

  private static Size size(List<MemoryPoolMXBean> pools) {
    long usedBytes = 0;
    long committedBytes = 0;
    for (MemoryPoolMXBean pool : pools) {
      MemoryUsage usage = pool.getUsage();
      usedBytes += usage.getUsed();
      committedBytes += usage.getCommitted();
    }
    return new Size(usedBytes, committedBytes);
  }

  /** "Metaspace" already contains "Compressed Class Space"; code is "CodeCache" or the three "CodeHeap '…'" pools. */
  private static List<MemoryPoolMXBean> pools(String prefix) {
    return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getName().startsWith(prefix)).toList();
  }
}
