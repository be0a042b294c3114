package io.tare.report.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.report.Report;
import io.tare.report.Renderers;
import io.tare.report.look.Clean;
import io.tare.report.look.Format;
import io.tare.report.look.TextOptions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HtmlTest {
  private static final Pattern TAG = Pattern.compile("<(/?)([a-z0-9!]+)((?: [a-z-]+=\"[^\"<>]*\")*)( html)?>");
  private static final Pattern ATTRIBUTE = Pattern.compile(" ([a-z-]+)=\"([^\"]*)\"");
  private static final Set<String> WITHOUT_END = Set.of("meta", "!doctype");

  @Test
  void everyTagIsOursAndEveryElementIsClosed() {
    for (Report report : SampleReports.all()) {
      String body = withoutStyleAndScript(html(report));
      Deque<String> open = new ArrayDeque<>();
      String rest = TAG.matcher(body).replaceAll("");
      assertThat(rest).doesNotContain("<", ">");
      TAG.matcher(body).results().forEach(tag -> follow(open, tag));
      assertThat(open).isEmpty();
    }
  }

  private static void follow(Deque<String> open, MatchResult tag) {
    if (!tag.group(1).isEmpty()) {
      assertThat(open.pop()).isEqualTo(tag.group(2));
    } else if (!WITHOUT_END.contains(tag.group(2))) {
      open.push(tag.group(2));
    }
  }

  @Test
  void noAttributeLeadsOutOfThePageOrRunsSomething() {
    for (Report report : SampleReports.all()) {
      for (MatchResult attribute : attributes(html(report))) {
        assertThat(attribute.group(1)).isNotIn("src", "action", "formaction", "srcdoc").doesNotStartWith("on");
        if (attribute.group(1).equals("href")) {
          assertThat(attribute.group(2)).matches("#[a-z-]+");
        }
        if (attribute.group(1).equals("style")) {
          assertThat(attribute.group(2)).matches("[a-z0-9.%:;-]+");
        }
      }
    }
  }

  private static List<MatchResult> attributes(String html) {
    return TAG.matcher(withoutStyleAndScript(html)).results()
        .flatMap(tag -> ATTRIBUTE.matcher(tag.group(3)).results()).toList();
  }

  @Test
  void anAccountOfThousandsOfFilesEndsWithTheirNumber() {
    assertThat(html(SampleReports.large())).contains("(3,000 files)", "and 2,960 more.");
  }

  @Test
  void nothingIsLoadedFromAnywhere() {
    for (Report report : SampleReports.all()) {
      assertThat(html(report)).doesNotContainIgnoringCase("http:").doesNotContainIgnoringCase("https:")
          .doesNotContain("url(", "@import", "//cdn");
    }
  }

  @Test
  void onlyTheScriptThatThePolicyNamesIsThere() throws Exception {
    String html = html(SampleReports.hostile());
    assertThat(html.split("<script", -1)).hasSize(2);
    String script = html.substring(html.indexOf("<script>") + 8, html.indexOf("</script>"));
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
    assertThat(html).contains("default-src &#39;none&#39;",
        "script-src &#39;sha256-" + Base64.getEncoder().encodeToString(digest) + "&#39;");
  }

  @Test
  void hiddenCharactersOfNamesAreShown() {
    String html = html(SampleReports.hostile());
    assertThat(html.codePoints().filter(c -> c != '\n' && Clean.isHidden(c))).isEmpty();
    assertThat(html).contains("&lt;script&gt;alert(1)&lt;/script&gt;", "\\e]0;owned");
  }

  @Test
  void thePageHasTheAnswerTheWordsAndTheExplanations() {
    String html = html(SampleReports.jvm());
    assertThat(html).contains("Mapped files hold 1.42 GB", "<b>Gross</b>", "What moves it up",
        "-XX:G1PeriodicGCInterval",
        "id=\"account-heap-idle\"", "Looking took 84 ms");
  }

  @Test
  void aHugeProcessStaysAReadablePage() {
    assertThat(html(SampleReports.large()).length()).isLessThan(600_000);
  }

  private static String html(Report report) {
    return Renderers.render(report, Format.HTML, TextOptions.plain(80));
  }

  private static String withoutStyleAndScript(String html) {
    return html.replaceAll("(?s)<(style|script)>.*?</\\1>", "");
  }
}
