package io.tare.probe.opentelemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.BatchCallback;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import io.tare.probe.GcEvent;
import io.tare.probe.GcWatch;
import io.tare.probe.MemoryStats;
import io.tare.probe.metric.Metric;
import java.util.List;

/**
 * Reports the process's memory by OpenTelemetry's semantic conventions for the JVM ({@code jvm.memory.used},
 * {@code jvm.gc.duration} …) and, where the kernel tells, resident memory. One reading serves all instruments of a collection.
 *
 * <pre>{@code
 * try (ProbeMetrics metrics = ProbeMetrics.report(openTelemetry)) {
 *   run();
 * }
 * }</pre>
 */
public final class ProbeMetrics implements AutoCloseable {
  private static final String SCOPE = "io.tare.probe";
  private static final AttributeKey<String> TYPE = AttributeKey.stringKey("jvm.memory.type");
  private static final AttributeKey<String> POOL = AttributeKey.stringKey("jvm.memory.pool.name");
  private static final AttributeKey<String> BUFFERS = AttributeKey.stringKey("jvm.buffer.pool.name");
  private static final AttributeKey<String> GC_NAME = AttributeKey.stringKey("jvm.gc.name");
  private static final AttributeKey<String> GC_CAUSE = AttributeKey.stringKey("jvm.gc.cause");
  private static final Attributes HEAP = Attributes.of(TYPE, "heap");
  private static final Attributes METASPACE = Attributes.of(TYPE, "non_heap", POOL, "Metaspace");
  private static final Attributes CODE_CACHE = Attributes.of(TYPE, "non_heap", POOL, "CodeCache");
  private static final Attributes DIRECT = Attributes.of(BUFFERS, "direct");
  private static final Attributes MAPPED = Attributes.of(BUFFERS, "mapped");

  /** One number of one instrument. */
  private record Point(ObservableLongMeasurement instrument, Metric metric, Attributes attributes) {
    void record(MemoryStats stats) {
      stats.get(metric).ifPresent(value -> instrument.record(value, attributes));
    }
  }

  private final BatchCallback callback;
  private final GcWatch gcWatch = GcWatch.start();

  private ProbeMetrics(Meter meter) {
    List<Point> points = points(meter);
    ObservableDoubleMeasurement cpu = meter.counterBuilder("jvm.cpu.time").ofDoubles().setUnit("s").buildObserver();
    this.callback = meter.batchCallback(() -> {
      MemoryStats stats = MemoryStats.withRss();
      points.forEach(point -> point.record(stats));
      stats.get(Metric.PROCESS_CPU).ifPresent(nanos -> cpu.record(nanos / 1e9));
    }, cpu, points.stream().map(Point::instrument).distinct().toArray(ObservableLongMeasurement[]::new));
    DoubleHistogram durations = meter.histogramBuilder("jvm.gc.duration").setUnit("s").build();
    gcWatch.onCollection(gc -> durations.record(gc.duration().toNanos() / 1e9, attributes(gc)));
  }

  /** Starts to report; closing ends it. */
  public static ProbeMetrics report(OpenTelemetry telemetry) {
    return new ProbeMetrics(telemetry.getMeter(SCOPE));
  }

  private static List<Point> points(Meter meter) {
    ObservableLongMeasurement used = gauge(meter, "jvm.memory.used", "By");
    ObservableLongMeasurement committed = gauge(meter, "jvm.memory.committed", "By");
    ObservableLongMeasurement bufferBytes = gauge(meter, "jvm.buffer.memory.used", "By");
    ObservableLongMeasurement bufferCount = gauge(meter, "jvm.buffer.count", "{buffer}");
    return List.of(new Point(used, Metric.HEAP_USED, HEAP), new Point(used, Metric.METASPACE_USED, METASPACE),
        new Point(used, Metric.CODE_CACHE_USED, CODE_CACHE), new Point(committed, Metric.HEAP_COMMITTED, HEAP),
        new Point(committed, Metric.METASPACE_COMMITTED, METASPACE),
        new Point(committed, Metric.CODE_CACHE_COMMITTED, CODE_CACHE),
        new Point(gauge(meter, "jvm.memory.limit", "By"), Metric.HEAP_MAX, HEAP),
        new Point(gauge(meter, "jvm.memory.used_after_last_gc", "By"), Metric.HEAP_LIVE, HEAP),
        new Point(bufferBytes, Metric.DIRECT_BYTES, DIRECT), new Point(bufferBytes, Metric.MAPPED_BYTES, MAPPED),
        new Point(bufferCount, Metric.DIRECT_BUFFERS, DIRECT), new Point(bufferCount, Metric.MAPPED_BUFFERS, MAPPED),
        new Point(gauge(meter, "jvm.thread.count", "{thread}"), Metric.THREADS, Attributes.empty()),
        new Point(gauge(meter, "jvm.class.count", "{class}"), Metric.CLASSES, Attributes.empty()),
        new Point(counter(meter, "jvm.class.unloaded", "{class}"), Metric.CLASSES_UNLOADED, Attributes.empty()),
        new Point(gauge(meter, "process.memory.usage", "By"), Metric.RSS, Attributes.empty()));
  }

  /** The conventions make these up-down-counters: they add up over processes. */
  private static ObservableLongMeasurement gauge(Meter meter, String name, String unit) {
    return meter.upDownCounterBuilder(name).setUnit(unit).buildObserver();
  }

  private static ObservableLongMeasurement counter(Meter meter, String name, String unit) {
    return meter.counterBuilder(name).setUnit(unit).buildObserver();
  }

  private static Attributes attributes(GcEvent gc) {
    return Attributes.of(GC_NAME, gc.collector(), GC_CAUSE, gc.cause());
  }

  @Override
  public void close() {
    callback.close();
    gcWatch.close();
  }
}
