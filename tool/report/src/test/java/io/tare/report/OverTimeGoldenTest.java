package io.tare.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.report.difference.CheckXml;
import io.tare.report.look.Format;
import io.tare.report.look.TextOptions;
import java.io.IOException;
import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xml.sax.InputSource;

class OverTimeGoldenTest {
  private static final TextOptions PLAIN = TextOptions.plain(100);

  private static String render(String what, Format format, TextOptions options) {
    return switch (what) {
      case "leak" -> OverTimeRenderers.render(OverTimeSamples.leak(), format, options);
      case "log" -> OverTimeRenderers.render(OverTimeSamples.log(), format, options);
      case "difference" -> OverTimeRenderers.render(OverTimeSamples.difference(), format, options);
      case "check" -> OverTimeRenderers.render(OverTimeSamples.check(), format, options);
      default -> OverTimeRenderers.render(OverTimeSamples.settling(), format, options);
    };
  }

  @ParameterizedTest
  @CsvSource({"leak,TEXT", "leak,JSON", "log,TEXT", "log,JSON", "log,HTML", "difference,TEXT", "difference,JSON",
      "check,TEXT", "check,JSON", "settling,TEXT", "settling,JSON"})
  void whatIsKnownOverTimeLooksAsTheGoldenFileSays(String what, Format format) throws IOException {
    Golden.check("over-time-" + what + "." + format.fileExtension(), render(what, format, PLAIN));
  }

  @ParameterizedTest
  @CsvSource({"leak", "log", "difference", "check", "settling"})
  void noLineRunsOverANarrowTerminalAndAsciiStaysAscii(String what) {
    String narrow = render(what, Format.TEXT, TextOptions.plain(60).inAscii().withAll());
    assertThat(narrow.lines()).allMatch(line -> line.length() <= 60);
    assertThat(narrow).matches("[\\x00-\\x7e]*");
  }

  @ParameterizedTest
  @CsvSource({"leak", "log", "difference", "check", "settling"})
  void thereIsNoOpenMetricsForm(String what) {
    assertThatThrownBy(() -> render(what, Format.OPENMETRICS, PLAIN)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theXmlOfABudgetIsWellFormedAndCountsItsOutcomes() throws Exception {
    String xml = CheckXml.render(OverTimeSamples.check());
    var suite = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)))
        .getDocumentElement();
    assertThat(suite.getAttribute("tests")).isEqualTo("3");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(suite.getAttribute("errors")).isEqualTo("1");
    assertThat(suite.getAttribute("name")).isEqualTo("tare check orders & co, pid 4711");
  }
}
