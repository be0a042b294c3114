package io.tare.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.model.history.Story;
import io.tare.model.history.WatchView;
import io.tare.report.difference.CheckReport;
import io.tare.report.live.LiveMetrics;
import io.tare.report.live.WatchScreen;
import io.tare.report.look.Format;
import io.tare.report.look.MetricsDialect;
import io.tare.report.look.TextOptions;
import io.tare.report.story.StoryHtml;
import io.tare.report.story.StoryJson;
import io.tare.report.story.StoryText;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.xml.sax.InputSource;

class OverTimeGoldenTest {
  private static final TextOptions PLAIN = TextOptions.plain(100);

  private static String render(String what, Format format, TextOptions options) {
    return switch (what) {
      case "leak" -> OverTimeRenderers.render(OverTimeSamples.leak(), format, options);
      case "log" -> OverTimeRenderers.render(OverTimeSamples.log(), format, options);
      case "difference" -> OverTimeRenderers.render(OverTimeSamples.difference(), format, options);
      case "check" -> CheckReport.render(OverTimeSamples.check(), format, options);
      default -> OverTimeRenderers.render(OverTimeSamples.settling(), format, options);
    };
  }

  @ParameterizedTest
  @CsvSource({"leak,TEXT", "leak,JSON", "leak,HTML", "log,TEXT", "log,JSON", "log,HTML", "difference,TEXT",
      "difference,JSON", "difference,HTML", "check,TEXT", "check,JSON", "check,HTML", "settling,TEXT", "settling,JSON",
      "settling,HTML"})
  void whatIsKnownOverTimeLooksAsTheGoldenFileSays(String what, Format format) throws IOException {
    Golden.check("over-time-" + what + "." + format.fileExtension(), render(what, format, PLAIN));
  }

  @Test
  void allOfADifferenceInPlainCharactersLooksAsTheGoldenFileSays() throws IOException {
    Golden.check("over-time-difference-all.txt", render("difference", Format.TEXT, PLAIN.withAll().inAscii()));
  }

  @Test
  void investigationsLookAsTheGoldenFilesSay() throws IOException {
    Golden.check("over-time-investigation.txt",
        OverTimeRenderers.render(OverTimeSamples.investigation(false), Format.TEXT, PLAIN));
    Golden.check("over-time-investigation-variants.txt",
        OverTimeRenderers.render(OverTimeSamples.investigation(true), Format.TEXT, TextOptions.plain(72)));
    Golden.check("over-time-investigation.html",
        OverTimeRenderers.render(OverTimeSamples.investigation(false), Format.HTML, PLAIN));
    Golden.check("over-time-investigation.md",
        OverTimeRenderers.markdown(OverTimeSamples.investigation(false), PLAIN));
  }

  /** A name can't become a link, an element or a column. */
  @Test
  void noMarkupComesFromAName() {
    String document = OverTimeRenderers.markdown(OverTimeSamples.investigation(false), PLAIN);
    assertThat(document).contains("\\<b\\>\\*x\\*\\</b\\> \\| \\`rm\\` \\[y\\](z)").doesNotContain("\u001b", " | `rm`");
    assertThat(document.lines().filter(line -> line.startsWith("| c |"))).singleElement().asString()
        .matches(line -> line.replace("\\|", "").chars().filter(c -> c == '|').count() == 8);
  }

  @Test
  void storiesLookAsTheGoldenFilesSay() throws IOException {
    List<Story> stories = List.of(OverTimeSamples.story(), OverTimeSamples.longStory());
    Golden.check("over-time-story.txt", StoryText.render(stories, PLAIN));
    Golden.check("over-time-story-all.txt", StoryText.render(stories, PLAIN.withAll().withColour()));
    Golden.check("over-time-story.html", StoryHtml.render(OverTimeSamples.told(), PLAIN));
    Golden.check("over-time-story.json",
        StoryJson.render(stories, List.of(OverTimeSamples.leak(), OverTimeSamples.leak())));
  }

  @Test
  void screensLookAsTheGoldenFilesSay() throws IOException {
    for (WatchView view : List.of(OverTimeSamples.screen(), OverTimeSamples.fullScreen())) {
      String file = "watch-" + (view.endedBy().isEmpty() ? "running" : "ended");
      Golden.check(file + ".txt", WatchScreen.render(view, PLAIN.withColour(), 40));
      Golden.check(file + "-line.txt", WatchScreen.line(view, PLAIN));
    }
  }

  @Test
  void smallTerminalsKeepTheNamesAndWhatIsWrong() throws IOException {
    for (int width : new int[] {80, 60}) {
      int height = width == 80 ? 24 : 15;
      String screen = WatchScreen.render(OverTimeSamples.crowdedScreen(), TextOptions.plain(width), height);
      Golden.check("watch-" + width + ".txt", screen);
      assertThat(screen.lines()).hasSizeLessThanOrEqualTo(height).allMatch(line -> line.length() <= width);
    }
  }

  @ParameterizedTest
  @EnumSource
  void metricsOfWatchedProcessesLookAsTheGoldenFileSays(MetricsDialect dialect) throws IOException {
    Golden.check("watch-" + dialect.name().toLowerCase(Locale.ROOT) + ".om",
        LiveMetrics.render(OverTimeSamples.readings(), dialect));
  }

  @Test
  void theXmlOfABudgetLooksAsTheGoldenFileSays() throws IOException {
    Golden.check("over-time-check.xml", CheckReport.junit(OverTimeSamples.check()));
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
    String xml = CheckReport.junit(OverTimeSamples.check());
    var suite = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)))
        .getDocumentElement();
    assertThat(suite.getAttribute("tests")).isEqualTo("3");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(suite.getAttribute("errors")).isEqualTo("1");
    assertThat(suite.getAttribute("name")).isEqualTo("tare check orders & co, pid 4711");
  }
}
