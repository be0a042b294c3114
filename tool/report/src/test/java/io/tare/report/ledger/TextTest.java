package io.tare.report.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.report.Report;
import io.tare.report.Renderers;
import io.tare.report.look.Clean;
import io.tare.report.look.Columns;
import io.tare.report.look.Format;
import io.tare.report.look.TextOptions;
import io.tare.report.look.Units;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TextTest {
  private static final Pattern OUR_COLOURS = Pattern.compile("\u001b\\[(0|1|2|1;31|3[2-6])m");

  @Test
  void noLineIsWiderThanThePage() {
    for (Report report : SampleReports.all()) {
      for (int width = 40; width <= 200; width += 5) {
        TextOptions options = TextOptions.plain(width);
        assertFits(width, text(report, options));
        assertFits(width, text(report, options.withAll().withThreads()));
        assertFits(width, text(report, options.inAscii()));
      }
    }
  }

  @Test
  void nothingThatATerminalObeysGetsThrough() {
    for (Report report : SampleReports.all()) {
      String text = text(report, TextOptions.plain(100).withAll().withThreads());
      assertThat(text.codePoints().filter(c -> c != '\n' && Clean.isHidden(c))).isEmpty();
    }
  }

  @Test
  void withColourTheOnlyEscapesAreOurOwn() {
    String text = text(SampleReports.hostile(), TextOptions.plain(100).withAll().withThreads().withColour());
    assertThat(text).contains("\u001b[");
    assertThat(OUR_COLOURS.matcher(text).replaceAll("")).doesNotContain("\u001b");
  }

  @Test
  void colourChangesNoLetter() {
    String coloured = text(SampleReports.jvm(), TextOptions.plain(100).withColour());
    String stripped = OUR_COLOURS.matcher(coloured).replaceAll("");
    assertThat(stripped.lines().map(String::stripTrailing))
        .containsExactlyElementsOf(text(SampleReports.jvm(), TextOptions.plain(100)).lines().toList());
  }

  @Test
  void asciiHasNothingElse() {
    for (Report report : SampleReports.all()) {
      String text = text(report, TextOptions.plain(80).inAscii().withAll().withThreads());
      assertThat(text.chars().filter(c -> c > 0x7e || c < 0x20 && c != '\n')).isEmpty();
    }
  }

  @Test
  void theUnexplainedHasALineAlsoWhenItIsNothing() {
    assertThat(text(SampleReports.nginx(), TextOptions.plain(80))).containsPattern("0 B +0\\.0 % +unexplained");
  }

  @Test
  void theStrongestYesIsTheSentence() {
    assertThat(text(SampleReports.jvm(), TextOptions.plain(120)).lines().skip(3).findFirst().orElseThrow())
        .contains("Mapped files hold 1.42 GB");
  }

  @Test
  void withoutALedgerTheReportSaysWhyAndShowsTheTotals() {
    String text = text(SampleReports.denied(), TextOptions.plain(80));
    assertThat(text).contains("could not be read", "188 MB", "CAP_SYS_PTRACE").doesNotContain("LEDGER");
  }

  @Test
  void manyFilesAreFoldedUntilAllAreAskedFor() {
    Report report = SampleReports.large();
    assertThat(text(report, TextOptions.plain(100))).contains("3,000 files").hasSizeLessThan(2000);
    assertThat(text(report, TextOptions.plain(100).withAll())).contains("/srv/segments/part-2999.dat");
  }

  @Test
  void unitsAreAChoice() {
    assertThat(text(SampleReports.go(), TextOptions.plain(100).withUnits(Units.IEC))).contains("228 MiB");
    assertThat(text(SampleReports.go(), TextOptions.plain(100).withUnits(Units.SI))).contains("239 MB");
  }

  private static String text(Report report, TextOptions options) {
    return Renderers.render(report, Format.TEXT, options);
  }

  private static void assertFits(int width, String text) {
    assertThat(text.lines().filter(line -> Columns.of(line) > width)).as("width %d", width).isEmpty();
  }
}
