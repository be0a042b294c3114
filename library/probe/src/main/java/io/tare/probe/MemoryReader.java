package io.tare.probe;

import static io.tare.probe.MemoryStats.UNKNOWN;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.OperatingSystemMXBean;
import io.tare.probe.jvm.ThreadAllocation;
import io.tare.probe.linux.LinuxMemory;
import io.tare.probe.metric.Metric;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the JVM's beans into a {@link MemoryStats}, by calls that return plain numbers and so allocate nothing. */
final class MemoryReader {
  /** All of them, without the copy that {@link Metric#values()} makes: reading must not allocate. Not to be changed. */
  static final Metric[] METRICS = Metric.values();

  static final MemoryReader READER = new MemoryReader();
  private static final int ATTEMPTS = 5;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
  private final RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
  private final GarbageCollectorMXBean[] collectors = ManagementFactory.getGarbageCollectorMXBeans()
      .toArray(GarbageCollectorMXBean[]::new);
  private final boolean[] stopsTheProgram = stopping(collectors);
  private final @Nullable BufferPoolMXBean direct = bufferPool("direct");
  private final @Nullable BufferPoolMXBean mapped = bufferPool("mapped");
  private final PoolReadings pools = new PoolReadings();

  MemoryStats read() {
    return new MemoryStats(System.currentTimeMillis(), readJvm());
  }

  MemoryStats readWithRss() {
    long[] values = readJvm();
    set(values, Metric.PROCESS_CPU, known(ProcessorTime.ofProcessNanos()));
    LinuxMemory.ofThisProcess().forEach((metric, bytes) -> values[metric.index()] = bytes);
    long ofJava = values[Metric.THREADS.index()];
    long ofOs = values[Metric.OS_THREADS.index()];
    set(values, Metric.JAVA_STACKS, stacks(StackSize.OF_JAVA, ofJava));
    set(values, Metric.NATIVE_STACKS, ofOs == UNKNOWN ? UNKNOWN : stacks(StackSize.OF_VM, Math.max(0, ofOs - ofJava)));
    return new MemoryStats(System.currentTimeMillis(), values);
  }

  /** Loaded only when asked for: the bean reads the container's settings first, which takes megabytes on JDK 25. */
  private static final class ProcessorTime {
    private static final @Nullable OperatingSystemMXBean SYSTEM = ManagementFactory
        .getOperatingSystemMXBean() instanceof OperatingSystemMXBean bean ? bean : null;

    static long ofProcessNanos() {
      return SYSTEM == null ? UNKNOWN : SYSTEM.getProcessCpuTime();
    }
  }

  private static long stacks(long bytesEach, long threads) {
    return bytesEach == UNKNOWN ? UNKNOWN : bytesEach * threads;
  }

  /** What a thread gets that asks for no size of its own. Loaded only when asked for. */
  private static final class StackSize {
    static final long OF_JAVA = bytes("ThreadStackSize");
    static final long OF_VM = bytes("VMThreadStackSize");

    private static long bytes(String option) {
      HotSpotDiagnosticMXBean options = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      try {
        long kilobytes = options == null ? 0 : Long.parseLong(options.getVMOption(option).getValue());
        return kilobytes <= 0 ? UNKNOWN : kilobytes * 1024;
      } catch (IllegalArgumentException noSuchOption) {
        return UNKNOWN;
      }
    }
  }

  private long[] readJvm() {
    long[] values = new long[METRICS.length];
    Arrays.fill(values, UNKNOWN);
    readHeap(values);
    readCollectors(values);
    readThreads(values);
    readBuffers(values);
    readPools(values);
    set(values, Metric.UPTIME, runtime.getUptime());
    return values;
  }

  private void readHeap(long[] values) {
    Runtime jvm = Runtime.getRuntime();
    long committed = jvm.totalMemory();
    long free = jvm.freeMemory();
    // A GC between the two calls may resize the heap, and the difference would be no one's size.
    for (int i = 0; i < ATTEMPTS && jvm.totalMemory() != committed; i++) {
      committed = jvm.totalMemory();
      free = jvm.freeMemory();
    }
    set(values, Metric.HEAP_USED, Math.max(0, committed - free));
    set(values, Metric.HEAP_IDLE, Math.min(free, committed));
    set(values, Metric.HEAP_COMMITTED, committed);
    set(values, Metric.HEAP_MAX, jvm.maxMemory());
    set(values, Metric.TOTAL_ALLOCATED, known(ThreadAllocation.ofProcess()));
    set(values, Metric.THREAD_ALLOCATED, known(ThreadAllocation.ofThisThread()));
  }

  private void readCollectors(long[] values) {
    long runs = 0;
    long pauseMillis = 0;
    for (int i = 0; i < collectors.length; i++) {
      runs += Math.max(0, collectors[i].getCollectionCount());
      pauseMillis += stopsTheProgram[i] ? Math.max(0, collectors[i].getCollectionTime()) : 0;
    }
    set(values, Metric.GC_RUNS, runs);
    set(values, Metric.GC_PAUSE, pauseMillis);
  }

  private void readThreads(long[] values) {
    set(values, Metric.THREADS, threads.getThreadCount());
    set(values, Metric.THREADS_PEAK, threads.getPeakThreadCount());
    set(values, Metric.THREADS_STARTED, threads.getTotalStartedThreadCount());
    set(values, Metric.VIRTUAL_THREADS_MOUNTED, known(VirtualThreads.mounted()));
    set(values, Metric.CLASSES, classes.getLoadedClassCount());
    set(values, Metric.CLASSES_UNLOADED, classes.getUnloadedClassCount());
  }

  private void readBuffers(long[] values) {
    if (direct != null) {
      set(values, Metric.DIRECT_BYTES, direct.getMemoryUsed());
      set(values, Metric.DIRECT_BUFFERS, direct.getCount());
    }
    if (mapped != null) {
      set(values, Metric.MAPPED_BYTES, mapped.getMemoryUsed());
      set(values, Metric.MAPPED_BUFFERS, mapped.getCount());
    }
  }

  private void readPools(long[] values) {
    PoolReadings.Reading reading = pools.read(values[Metric.GC_RUNS.index()], classes.getTotalLoadedClassCount());
    set(values, Metric.HEAP_LIVE, reading.heapAfterGc());
    set(values, Metric.GC_GOAL, reading.gcGoal());
    set(values, Metric.METASPACE_USED, reading.metaspace().usedBytes());
    set(values, Metric.METASPACE_COMMITTED, reading.metaspace().committedBytes());
    set(values, Metric.CODE_CACHE_USED, reading.codeCache().usedBytes());
    set(values, Metric.CODE_CACHE_COMMITTED, reading.codeCache().committedBytes());
    long directBytes = values[Metric.DIRECT_BYTES.index()];
    set(values, Metric.COMMITTED, values[Metric.HEAP_COMMITTED.index()] + reading.metaspace().committedBytes()
        + reading.codeCache().committedBytes() + (directBytes == UNKNOWN ? 0 : directBytes));
  }

  private static void set(long[] values, Metric metric, long value) {
    values[metric.index()] = value;
  }

  /** The beans say "not supported" with a negative number. */
  private static long known(long value) {
    return value < 0 ? UNKNOWN : value;
  }

  /** Beans of concurrent cycles count time in which the program ran. */
  private static boolean[] stopping(GarbageCollectorMXBean[] collectors) {
    boolean[] stops = new boolean[collectors.length];
    for (int i = 0; i < collectors.length; i++) {
      stops[i] = GcKind.stopsTheProgram(collectors[i].getName());
    }
    return stops;
  }

  private static @Nullable BufferPoolMXBean bufferPool(String name) {
    for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      if (pool.getName().equals(name)) {
        return pool;
      }
    }
    return null;
  }
}
