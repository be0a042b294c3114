package io.tare.probe;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.GcInfo;
import io.tare.probe.linux.GcThreads;
import io.tare.probe.metric.Metric;
import io.tare.probe.trend.Trend;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/**
 * Watches the collector from inside until it is closed: pauses, its share of the processor, the allocation rate, and whether
 * what is left after a GC grows. Listeners are called on the JVM's notification thread, a moment after the collection.
 *
 * <pre>{@code
 * try (GcWatch watch = GcWatch.start()) {
 *   watch.onPauseOver(Duration.ofMillis(100), gc -> log.warn("long pause: {}", gc));
 *   run();
 *   System.out.println(watch.summary()); // GC excellent: 12 pauses, 31 ms in all, …
 * }
 * }</pre>
 */
public final class GcWatch implements AutoCloseable {
  private final NotificationListener listener = (notification, ignored) -> handle(notification);
  private final List<NotificationEmitter> emitters = ManagementFactory.getGarbageCollectorMXBeans().stream()
      .filter(NotificationEmitter.class::isInstance).map(NotificationEmitter.class::cast).toList();
  private final Set<String> heapPools = ManagementFactory.getMemoryPoolMXBeans().stream()
      .filter(pool -> pool.getType() == MemoryType.HEAP)
      .map(MemoryPoolMXBean::getName).collect(Collectors.toUnmodifiableSet());
  private final List<Consumer<GcEvent>> listeners = new CopyOnWriteArrayList<>();
  private final GcTally tally = new GcTally();
  private final MemoryStats statsAtStart = MemoryStats.withRss();
  private final OptionalLong gcCpuNanosAtStart = GcThreads.cpuNanos();
  private final long startNanos = System.nanoTime();

  private GcWatch() {}

  public static GcWatch start() {
    GcWatch watch = new GcWatch();
    watch.emitters.forEach(emitter -> emitter.addNotificationListener(watch.listener, null, null));
    return watch;
  }

  /** Calls back after each collection. */
  public void onCollection(Consumer<GcEvent> callback) {
    listeners.add(callback);
  }

  /** Calls back after each pause that was longer. */
  public void onPauseOver(Duration limit, Consumer<GcEvent> callback) {
    listeners.add(gc -> {
      if (gc.pause() && gc.duration().compareTo(limit) > 0) {
        callback.accept(gc);
      }
    });
  }

  /** Calls back after each collection at which the pauses' share of the time watched (0 to 1) is higher. */
  public void onPauseShareOver(double limit, Consumer<GcSummary> callback) {
    listeners.add(gc -> {
      GcSummary now = summary();
      if (now.pauseShare() > limit) {
        callback.accept(now);
      }
    });
  }

  /** Calls back after each collection that left more of the heap in use. */
  public void onHeapAfterGcOver(long limitBytes, Consumer<GcEvent> callback) {
    listeners.add(gc -> {
      if (gc.heap().afterBytes() > limitBytes) {
        callback.accept(gc);
      }
    });
  }

  /** The collections seen so far, the last 256 of them. */
  public List<GcEvent> recent() {
    return tally.recent();
  }

  public GcSummary summary() {
    Duration watched = Duration.ofNanos(System.nanoTime() - startNanos);
    MemoryStats now = MemoryStats.withRss();
    return new GcSummary(watched, tally.pauses(), cpuShare(now), allocationRate(now, watched),
        Trend.of(tally.heapAfterBytes(), Trend.ONE_IN_A_THOUSAND), tally.failure());
  }

  private OptionalDouble cpuShare(MemoryStats now) {
    OptionalLong gcNow = GcThreads.cpuNanos();
    OptionalLong processNanos = now.minus(statsAtStart).get(Metric.PROCESS_CPU);
    if (gcNow.isEmpty() || gcCpuNanosAtStart.isEmpty() || processNanos.isEmpty() || processNanos.getAsLong() <= 0) {
      return OptionalDouble.empty();
    }
    double share = (double) (gcNow.getAsLong() - gcCpuNanosAtStart.getAsLong()) / processNanos.getAsLong();
    return OptionalDouble.of(Math.max(0, Math.min(1, share)));
  }

  /** By the JVM's counter (JDK 21, late updates of 17), else by how much the heap filled up between collections. */
  private OptionalDouble allocationRate(MemoryStats now, Duration watched) {
    double seconds = watched.toNanos() / 1e9;
    long allocated = now.minus(statsAtStart).get(Metric.TOTAL_ALLOCATED)
        .orElseGet(() -> tally.allocatedBytes(statsAtStart.heapUsedBytes(), now.heapUsedBytes()));
    return seconds > 0 ? OptionalDouble.of(Math.max(0, allocated) / seconds) : OptionalDouble.empty();
  }

  private void handle(Notification notification) {
    if (notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
      GcEvent gc = event(GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData()));
      tally.add(gc);
      listeners.forEach(callback -> call(callback, gc));
    }
  }

  /** The notification thread belongs to the JVM: what a listener throws is kept for the summary. */
  private void call(Consumer<GcEvent> callback, GcEvent gc) {
    try {
      callback.accept(gc);
    } catch (RuntimeException e) {
      tally.failed(e);
    }
  }

  private GcEvent event(GarbageCollectionNotificationInfo info) {
    GcInfo gc = info.getGcInfo();
    return new GcEvent(info.getGcName(), info.getGcCause(), GcKind.stopsTheProgram(info.getGcName()),
        Duration.ofMillis(gc.getDuration()),
        new GcEvent.Heap(PoolReadings.heapBytes(gc.getMemoryUsageBeforeGc(), heapPools),
            PoolReadings.heapBytes(gc.getMemoryUsageAfterGc(), heapPools)));
  }

  @Override
  public void close() {
    for (NotificationEmitter emitter : emitters) {
      try {
        emitter.removeNotificationListener(listener);
      } catch (ListenerNotFoundException closedBefore) {
        return;
      }
    }
  }
}
