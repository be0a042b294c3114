package io.tare.probe.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tare.probe.MemoryStats;
import io.tare.probe.metric.Metric;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;

class ProbeMetricsTest {
  @Test
  void knownMetricsAreMetersWithTheirMeaning() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    new ProbeMetrics(Tags.of("app", "test")).bindTo(registry);
    assertThat(registry.get("tare.heap.max").tag("app", "test").gauge().value())
        .isEqualTo((double) MemoryStats.now().heapMaxBytes());
    assertThat(registry.get("tare.heap.used").gauge().value()).isPositive();
    assertThat(registry.get("tare.gc.runs").functionCounter().count()).isNotNegative();
    assertThat(registry.get("tare.process.cpu").functionCounter().count()).as("in seconds").isBetween(0.001, 100_000.0);
    assertThat(registry.getMeters()).extracting(Meter::getId).extracting(Meter.Id::getDescription).doesNotContainNull();
    assertThat(registry.find("tare.rss").meter() != null).isEqualTo(MemoryStats.withRss().get(Metric.RSS).isPresent());
    assertThat(registry.find("tare.thread.allocated").meter()).as("would tell about the registry's thread").isNull();
  }

  @Test
  void theMetersStillTellWhenNobodyElseHoldsTheBinder() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    WeakReference<ProbeMetrics> binder = bound(registry);
    System.gc();
    assertThat(registry.get("tare.heap.used").gauge().value()).isPositive();
    assertThat(registry.get("tare.process.cpu").functionCounter().count()).isPositive();
    assertThat(binder.get()).as("held by its meters").isNotNull();
  }

  private static WeakReference<ProbeMetrics> bound(SimpleMeterRegistry registry) {
    ProbeMetrics metrics = new ProbeMetrics();
    metrics.bindTo(registry);
    return new WeakReference<>(metrics);
  }
}
