package io.tare.report.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.report.Report;
import io.tare.report.Renderers;
import io.tare.report.look.Clean;
import io.tare.report.look.Columns;
import io.tare.report.look.Count;
import io.tare.report.look.Format;
import io.tare.report.look.TextOptions;
import io.tare.report.look.Units;
import java.util.List;
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
        assertFits(width, text(report, options.withInput(3 << 20)));
      }
    }
  }

  @Test
  void memoryIsAMultipleOfTheInputWhereThatIsKnown() {
    TextOptions options = TextOptions.plain(80).withInput(100 << 20);
    assertThat(text(SampleReports.go(), options)).containsSubsequence(
        "input: 100 MB; gross is 2.5\u00d7 of it, net at most 0.03\u00d7",
        "\u00d7 is of 100 MB of input", "     228 MB   91.6 %     2.3\u00d7  ", "3.10 MB    1.2 %    0.03\u00d7  ",
        "249 MB  100.0 %     2.5\u00d7  RSS");
    assertThat(text(SampleReports.go(), TextOptions.plain(80))).doesNotContain("\u00d7", "input");
    assertThat(Renderers.render(SampleReports.go(), Format.JSON, options)).contains("\"inputBytes\": 104857600");
    assertThat(Renderers.render(SampleReports.go(), Format.HTML, options)).contains("91.6 % \u00b7 2.3\u00d7");
  }

  @Test
  void timesSayNoMoreThanTheyKnow() {
    assertThat(List.of(0L, 1L, 5L, 99L, 100L, 999L, 1_000L, 123_456L)).extracting(part -> Count.times(part, 100))
        .containsExactly("0.00\u00d7", "0.01\u00d7", "0.05\u00d7", "0.99\u00d7", "1.0\u00d7", "10\u00d7", "10\u00d7",
            "1,235\u00d7");
    assertThat(Count.times(1, 1_000)).isEqualTo("<0.01\u00d7");
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
      String text = text(report, TextOptions.plain(80).inAscii().withAll().withThreads().withInput(3 << 20));
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
