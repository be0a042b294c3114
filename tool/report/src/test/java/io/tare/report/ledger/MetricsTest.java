package io.tare.report.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.report.Report;
import io.tare.report.Renderers;
import io.tare.report.look.Format;
import io.tare.report.look.TextOptions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The output against the grammar of OpenMetrics 1.0. */
class MetricsTest {
  private static final Pattern META = Pattern.compile("# (TYPE|UNIT|HELP) ([a-z_]+) (.*)");
  private static final String LABEL = "[a-z_]+=\"(?:[^\"\\\\\n]|\\\\[\\\\\"n])*\"";
  private static final Pattern SAMPLE = Pattern
      .compile("([a-z_]+)(\\{(?:" + LABEL + "(?:," + LABEL + ")*)?})? (-?[0-9]+)");

  @Test
  void everyLineFollowsTheGrammar() {
    for (Report report : SampleReports.all()) {
      List<String> lines = metrics(report).lines().toList();
      assertThat(lines.getLast()).isEqualTo("# EOF");
      assertThat(lines.subList(0, lines.size() - 1))
          .allMatch(line -> META.matcher(line).matches() || SAMPLE.matcher(line).matches());
    }
  }

  @Test
  void everySampleBelongsToTheFamilyBeforeItAndIsUnique() {
    for (Report report : SampleReports.all()) {
      Set<String> families = new HashSet<>();
      Set<String> series = new HashSet<>();
      String family = "";
      for (String line : metrics(report).lines().toList()) {
        Matcher meta = META.matcher(line);
        Matcher sample = SAMPLE.matcher(line);
        if (meta.matches() && meta.group(1).equals("TYPE")) {
          family = meta.group(2);
          assertThat(families.add(family)).as(family).isTrue();
        } else if (sample.matches()) {
          assertThat(sample.group(1)).isIn(family, family + "_info", family + "_total");
          assertThat(series.add(sample.group(1) + sample.group(2))).as(line).isTrue();
        }
      }
    }
  }

  @Test
  void accountsAndUnexplainedSumUpToRss() {
    String metrics = metrics(SampleReports.jvm());
    long accounts = metrics.lines().filter(line -> line.startsWith("tare_account_resident_bytes{"))
        .mapToLong(MetricsTest::value).sum();
    long unexplained = metrics.lines().filter(line -> line.startsWith("tare_unexplained_bytes "))
        .mapToLong(MetricsTest::value).sum();
    assertThat(accounts + unexplained).isEqualTo(SampleReports.jvm().scales().rssBytes());
  }

  @Test
  void whatIsUnknownIsAbsent() {
    assertThat(metrics(SampleReports.denied())).contains("process_resident_memory_bytes 197132288")
        .doesNotContain("tare_net_bytes", "tare_account", "tare_cgroup");
  }

  private static long value(String line) {
    return Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
  }

  private static String metrics(Report report) {
    return Renderers.render(report, Format.OPENMETRICS, TextOptions.plain(80));
  }
}
