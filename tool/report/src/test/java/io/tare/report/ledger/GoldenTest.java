package io.tare.report.ledger;

import io.tare.model.report.Report;
import io.tare.report.Golden;
import io.tare.report.Renderers;
import io.tare.report.look.Format;
import io.tare.report.look.TextOptions;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every format looks like, for reports of every sort. */
class GoldenTest {
  static Stream<Arguments> views() {
    return Stream.of(
        view("jvm-wide.txt", SampleReports.jvm(), Format.TEXT, TextOptions.plain(120)),
        view("jvm-standard.txt", SampleReports.jvm(), Format.TEXT, TextOptions.plain(80)),
        view("jvm-narrow.txt", SampleReports.jvm(), Format.TEXT, TextOptions.plain(60)),
        view("jvm-ascii.txt", SampleReports.jvm(), Format.TEXT, TextOptions.plain(80).inAscii()),
        view("jvm-colour.txt", SampleReports.jvm(), Format.TEXT, TextOptions.plain(100).withColour()),
        view("jvm-all.txt", SampleReports.jvm(), Format.TEXT, TextOptions.plain(120).withAll().withThreads()),
        view("go.txt", SampleReports.go(), Format.TEXT, TextOptions.plain(100)),
        view("nginx.txt", SampleReports.nginx(), Format.TEXT, TextOptions.plain(100)),
        view("denied.txt", SampleReports.denied(), Format.TEXT, TextOptions.plain(80)),
        view("large.txt", SampleReports.large(), Format.TEXT, TextOptions.plain(100)),
        view("hostile.txt", SampleReports.hostile(), Format.TEXT, TextOptions.plain(100).withAll().withThreads()),
        view("jvm.json", SampleReports.jvm(), Format.JSON, TextOptions.plain(80)),
        view("denied.json", SampleReports.denied(), Format.JSON, TextOptions.plain(80)),
        view("hostile.json", SampleReports.hostile(), Format.JSON, TextOptions.plain(80).withAll().withThreads()),
        view("jvm.html", SampleReports.jvm(), Format.HTML, TextOptions.plain(80)),
        view("denied.html", SampleReports.denied(), Format.HTML, TextOptions.plain(80)),
        view("hostile.html", SampleReports.hostile(), Format.HTML, TextOptions.plain(80)),
        view("jvm.om", SampleReports.jvm(), Format.OPENMETRICS, TextOptions.plain(80)),
        view("hostile.om", SampleReports.hostile(), Format.OPENMETRICS, TextOptions.plain(80)));
  }

  private static Arguments view(String file, Report report, Format format, TextOptions options) {
    return Arguments.of(file, report, format, options);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("views")
  void aReportLooksAsTheGoldenFileSays(String file, Report report, Format format, TextOptions options)
      throws IOException {
    Golden.check(file, Renderers.render(report, format, options));
  }
}
