package io.tare.probe.micrometer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.tare.probe.MemoryStats;
import io.tare.probe.metric.AfterGc;
import io.tare.probe.metric.Metric;
import io.tare.probe.metric.Unit;
import java.time.Duration;
import java.util.Locale;

/**
 * Binds every {@link Metric} that this process knows to a registry: {@code new ProbeMetrics().bindTo(registry)}. A metric that only
 * counts up is a counter, the others are gauges; {@code HEAP_USED} is called {@code tare.heap.used}, and so on. Meters read
 * within the same second share one reading of the process.
 */
public final class ProbeMetrics implements MeterBinder {
  private static final long READING_LASTS_NANOS = Duration.ofSeconds(1).toNanos();

  private record Timed(MemoryStats stats, long nanos) {}

  private final Tags tags;
  private volatile Timed last = read();

  public ProbeMetrics() {
    this(Tags.empty());
  }

  public ProbeMetrics(Tags tags) {
    this.tags = tags;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (Metric metric : Metric.values()) {
      if (last.stats.get(metric).isPresent() || metric == Metric.HEAP_LIVE) {
        bind(metric, registry);
      }
    }
  }

  /** A registry holds what it asks by a weak reference only: it asks itself here, and through the function us. */
  private void bind(Metric metric, MeterRegistry registry) {
    String name = "tare." + metric.name().toLowerCase(Locale.ROOT).replace('_', '.');
    String description = metric.meaning().what();
    if (metric == Metric.THREAD_ALLOCATED) {
      return; // tells about the thread that asks, which would be the registry's
    }
    if (metric.meaning().afterGc() == AfterGc.NEVER_RETURNS && metric != Metric.THREADS_PEAK) {
      FunctionCounter.builder(name, registry, any -> value(metric)).tags(tags).description(description)
          .baseUnit(unit(metric)).register(registry);
    } else {
      Gauge.builder(name, registry, any -> value(metric)).tags(tags).description(description).baseUnit(unit(metric))
          .register(registry);
    }
  }

  /** Seconds for times, as the registries expect; not a number when it is not known. */
  private double value(Metric metric) {
    long value = current().get(metric).orElse(Long.MIN_VALUE);
    if (value == Long.MIN_VALUE) {
      return Double.NaN;
    }
    return switch (metric.unit()) {
      case BYTES, COUNT -> (double) value;
      case NANOSECONDS -> value / 1e9;
      case MILLISECONDS -> value / 1e3;
    };
  }

  private static String unit(Metric metric) {
    return metric.unit() == Unit.BYTES ? "bytes" : metric.unit() == Unit.COUNT ? "count" : "seconds";
  }

  private MemoryStats current() {
    Timed known = last;
    if (System.nanoTime() - known.nanos > READING_LASTS_NANOS) {
      known = read();
      last = known;
    }
    return known.stats;
  }

  private static Timed read() {
    return new Timed(MemoryStats.withRss(), System.nanoTime());
  }
}
