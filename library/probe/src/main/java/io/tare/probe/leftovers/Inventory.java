package io.tare.probe.leftovers;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import javax.management.ObjectName;

/**
 * What the process holds at one moment beside plain objects: names and how often each occurs, by kind. A kind that cannot be
 * read is absent.
 */
public record Inventory(Map<Kind, Map<String, Long>> byKind) {
  private static final List<String> TIMERS = List.of("java.util.TimerThread",
      "java.util.concurrent.ScheduledThreadPoolExecutor$ScheduledFutureTask");
  private static final List<String> EXECUTORS = List.of("java.util.concurrent.ThreadPoolExecutor",
      "java.util.concurrent.ScheduledThreadPoolExecutor", "java.util.concurrent.ForkJoinPool",
      "java.util.concurrent.ThreadPerTaskExecutor");
  private static final List<String> THREAD_LOCALS = List.of("java.lang.ThreadLocal$ThreadLocalMap$Entry");

  public Inventory {
    byKind = Map.copyOf(byKind);
  }

  /** Takes stock now; the histogram of the same moment gives what only exists as objects. */
  public static Inventory now(ClassHistogram histogram) {
    Map<Kind, Map<String, Long>> all = new EnumMap<>(Kind.class);
    all.put(Kind.THREAD, threads());
    all.put(Kind.TIMER, objects(histogram, TIMERS));
    all.put(Kind.EXECUTOR, objects(histogram, EXECUTORS));
    all.put(Kind.THREAD_LOCAL, objects(histogram, THREAD_LOCALS));
    all.put(Kind.CLASS_LOADER, ClassLoaders.byClass());
    all.put(Kind.DIRECT_BUFFER, buffers("direct"));
    all.put(Kind.MAPPED_BUFFER, buffers("mapped"));
    all.put(Kind.MBEAN, beans());
    Map<String, Long> files = OpenFiles.byTarget();
    if (!files.isEmpty()) {
      all.put(Kind.FILE, files);
    }
    ShutdownHooks.byName().ifPresent(hooks -> all.put(Kind.SHUTDOWN_HOOK, hooks));
    return new Inventory(all);
  }

  /** How many of a kind; empty when it cannot be read. */
  public OptionalLong count(Kind kind) {
    Map<String, Long> names = byKind.get(kind);
    return names == null
        ? OptionalLong.empty()
        : OptionalLong.of(names.values().stream().mapToLong(Long::longValue).sum());
  }

  /** The names of a kind that occur more often here than there, and by how much. */
  public Map<String, Long> moreThan(Inventory before, Kind kind) {
    Map<String, Long> more = new HashMap<>();
    Map<String, Long> earlier = before.byKind.getOrDefault(kind, Map.of());
    byKind.getOrDefault(kind, Map.of()).forEach((name, count) -> {
      long grown = count - earlier.getOrDefault(name, 0L);
      if (grown > 0) {
        more.put(name, grown);
      }
    });
    return more;
  }

  private static Map<String, Long> threads() {
    Map<String, Long> names = new HashMap<>();
    for (Thread thread : LiveThreads.all()) {
      if (!LiveThreads.isOfTheJdk(thread)) {
        names.merge(thread.getName(), 1L, Long::sum);
      }
    }
    return names;
  }

  private static Map<String, Long> objects(ClassHistogram histogram, List<String> classes) {
    Map<String, Long> counts = new HashMap<>();
    classes.forEach(name -> {
      long objects = histogram.of(name).objects();
      if (objects > 0) {
        counts.put(name, objects);
      }
    });
    return counts;
  }

  private static Map<String, Long> buffers(String poolName) {
    Map<String, Long> counts = new HashMap<>();
    for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      if (pool.getName().equals(poolName)) {
        counts.put(poolName, pool.getCount());
      }
    }
    return counts;
  }

  private static Map<String, Long> beans() {
    Map<String, Long> names = new HashMap<>();
    for (ObjectName name : ManagementFactory.getPlatformMBeanServer().queryNames(null, null)) {
      names.put(name.toString(), 1L);
    }
    return names;
  }
}
