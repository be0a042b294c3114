package io.tare.probe.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.tare.probe.MemoryStats;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProbeMetricsTest {
  private final InMemoryMetricReader reader = InMemoryMetricReader.create();
  private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
      .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(reader).build()).build();

  @AfterEach
  void close() {
    sdk.close();
  }

  @Test
  void theConventionsNamesAreReported() {
    try (ProbeMetrics metrics = ProbeMetrics.report(sdk)) {
      Map<String, MetricData> collected = collect();
      assertThat(collected).containsKeys("jvm.memory.used", "jvm.memory.committed", "jvm.memory.limit",
          "jvm.thread.count", "jvm.class.count",
          "jvm.class.unloaded", "jvm.cpu.time", "jvm.buffer.memory.used", "jvm.buffer.count");
      LongPointData limit = collected.get("jvm.memory.limit").getLongSumData().getPoints().iterator().next();
      assertThat(limit.getValue()).isEqualTo(MemoryStats.now().heapMaxBytes());
      assertThat(limit.getAttributes().get(AttributeKey.stringKey("jvm.memory.type"))).isEqualTo("heap");
      assertThat(collected.get("jvm.memory.used").getLongSumData().getPoints()).hasSize(3)
          .allMatch(point -> point.getValue() > 0);
      assertThat(metrics).isNotNull();
    }
    assertThat(collect()).as("closed").doesNotContainKey("jvm.memory.used");
  }

  @Test
  void collectionsAreAHistogram() throws InterruptedException {
    try (ProbeMetrics metrics = ProbeMetrics.report(sdk)) {
      assertThat(metrics).isNotNull();
      System.gc();
      MetricData durations = null;
      for (int i = 0; i < 500 && durations == null; i++) {
        durations = collect().get("jvm.gc.duration");
        Thread.sleep(10);
      }
      assertThat(durations).isNotNull();
      assertThat(durations.getHistogramData().getPoints())
          .anyMatch(point -> "System.gc()".equals(point.getAttributes().get(AttributeKey.stringKey("jvm.gc.cause"))));
    }
  }

  private Map<String, MetricData> collect() {
    return reader.collectAllMetrics().stream().collect(Collectors.toMap(MetricData::getName, data -> data));
  }
}
