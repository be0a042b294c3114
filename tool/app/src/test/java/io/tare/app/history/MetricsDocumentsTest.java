package io.tare.app.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.history.LiveReading;
import io.tare.model.history.RecordedProcess;
import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import io.tare.model.history.Weighing;
import io.tare.model.history.Weighing.WeighingReason;
import io.tare.report.live.LiveMetrics;
import io.tare.report.look.MetricsDialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the ready-made rules and the dashboard ask for is what is served. */
class MetricsDocumentsTest {
  private static final Path DOCUMENTS = Path.of("../../docs/metrics");
  private static final Pattern NAME = Pattern.compile("\\b(?:tare|jvm|process)_[a-z_]+\\b");

  private static String served() {
    return served(MetricsDialect.OPENMETRICS);
  }

  private static String served(MetricsDialect dialect) {
    long[] values = Sample.noValues();
    Arrays.stream(SampleColumn.values()).forEach(column -> values[column.index()] = 1L << 20);
    Weighing ledger = new Weighing(1, WeighingReason.TURN, 10, OptionalLong.of(5), Map.of("malloc.used", 10L), 0, 1);
    return LiveMetrics.render(List.of(new LiveReading(
        new RecordedProcess(1, 1, "b", "a \"quoted\" name", "HotSpot JVM", OptionalLong.of(1L << 30)),
        Sample.of(1, values), OptionalLong.of(7), java.util.Optional.of(ledger), Map.of("rss > 1GB", true))), dialect);
  }

  private static Set<String> names() {
    return served().lines().filter(line -> !line.startsWith("#"))
        .map(line -> line.substring(0, line.indexOf(line.contains("{") ? '{' : ' '))).collect(Collectors.toSet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"prometheus-rules.yml", "grafana-dashboard.json"})
  void everyNameThatIsAskedForIsServed(String document) throws IOException {
    Set<String> asked = new TreeSet<>();
    NAME.matcher(Files.readString(DOCUMENTS.resolve(document))).results().forEach(name -> asked.add(name.group()));
    assertThat(asked).hasSizeGreaterThan(5);
    assertThat(names()).containsAll(asked);
  }

  @Test
  void whatIsServedIsOpenMetrics() {
    String page = served();
    assertThat(page).endsWith("# EOF\n").contains("service=\"a \\\"quoted\\\" name\"");
    List<String> families = page.lines().filter(line -> line.startsWith("# TYPE ")).map(line -> line.split(" ")[2])
        .toList();
    assertThat(families).doesNotHaveDuplicates();
    for (String line : page.lines().filter(line -> !line.startsWith("#")).toList()) {
      assertThat(line).matches("[a-z_]+(\\{([a-z_]+=\"([^\"\\\\]|\\\\.)*\",?)*})? -?[0-9.E+-]+");
    }
  }

  @Test
  void theOlderDialectHasATypeAndAHelpForEveryNameAndNothingThatItDoesNotKnow() {
    String page = served(MetricsDialect.PROMETHEUS_TEXT);
    assertThat(page).doesNotContain("# EOF", "# UNIT");
    List<String> samples = page.lines().filter(line -> !line.startsWith("#"))
        .map(line -> line.substring(0, line.indexOf('{'))).distinct().toList();
    assertThat(samples).containsAll(names()).contains("process_cpu_seconds_total");
    for (String name : samples) {
      String family = name.replaceFirst("^(jvm_gc_collection_seconds)_(count|sum)$", "$1");
      String type = name.endsWith("_total") ? "counter" : family.equals(name) ? "gauge" : "summary";
      assertThat(page).contains("# TYPE " + family + " " + type + "\n", "# HELP " + family + " ");
    }
  }

  @Test
  void whatIsNotKnownIsNotServed() {
    String page = LiveMetrics.render(List.of(new LiveReading(new RecordedProcess(1, 1, "b", "x", "native",
        OptionalLong.empty()), Sample.of(1, Sample.noValues()), OptionalLong.empty(), java.util.Optional.empty(),
        Map.of())), MetricsDialect.OPENMETRICS);
    assertThat(page.lines().filter(line -> !line.startsWith("#")))
        .containsExactly("tare_process_pid{service=\"x\",runtime=\"native\"} 1");
  }
}
