package io.tare.report.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.history.LiveReading;
import io.tare.model.history.RecordedProcess;
import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import io.tare.model.history.Weighing;
import io.tare.model.history.Weighing.WeighingReason;
import io.tare.report.Golden;
import io.tare.report.look.MetricsDialect;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LiveMetricsTest {
  private static LiveReading reading(long pid) {
    long[] values = Sample.noValues();
    values[SampleColumn.RSS.index()] = 1L << 20;
    values[SampleColumn.CPU_NANOS.index()] = 1_500_000_000;
    Weighing ledger = new Weighing(1000, WeighingReason.TURN, 1L << 20, OptionalLong.of(5), Map.of("malloc.used", 10L),
        3, 1);
    return new LiveReading(new RecordedProcess(pid, pid, "b", "orders", "native", OptionalLong.of(1L << 30)),
        Sample.of(1000, values), OptionalLong.empty(), Optional.of(ledger), Map.of());
  }

  private static List<String> series(LiveReading... readings) {
    return LiveMetrics.render(List.of(readings), MetricsDialect.OPENMETRICS).lines()
        .filter(line -> !line.startsWith("#") && !line.startsWith("tare_process_pid")).toList();
  }

  @Test
  void aServiceThatRestartsGoesOnWithItsSeries() {
    assertThat(series(reading(4711))).isEqualTo(series(reading(4712)))
        .contains("process_resident_memory_bytes{service=\"orders\"} 1048576");
  }

  @Test
  void twoOfOneServiceAreToldApartByTheirContainersOrElseByTheirPids() {
    assertThat(series(reading(1).in("aaa"), reading(2).in("bbb"))).contains(
        "process_resident_memory_bytes{service=\"orders\",container=\"aaa\"} 1048576",
        "process_resident_memory_bytes{service=\"orders\",container=\"bbb\"} 1048576");
    assertThat(series(reading(1).in("aaa"), reading(2).in("aaa"))).contains(
        "process_resident_memory_bytes{service=\"orders\",container=\"aaa\",pid=\"1\"} 1048576",
        "process_resident_memory_bytes{service=\"orders\",container=\"aaa\",pid=\"2\"} 1048576")
        .doesNotHaveDuplicates();
  }

  @Test
  void whatACollectorGetsLooksAsTheGoldenFileSays() throws IOException {
    Golden.check("watch-otlp.json", OtlpJson.render(List.of(reading(4711).in("4f5e6d7c8b9a")), "1.2.3"));
  }
}
