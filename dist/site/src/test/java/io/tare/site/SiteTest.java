package io.tare.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The site as a reader finds it. */
class SiteTest {
  private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();
  private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]*)\"");
  private static final Pattern ANSWER = Pattern.compile("<pre id=\"said\">([^<]*)</pre>");

  @TempDir
  private static Path folder;

  @BeforeAll
  static void build() throws IOException {
    Site.build(PROJECT, folder);
  }

  @Test
  void everyPageOfTheDocumentationIsThere() throws IOException {
    assertThat(folder.resolve("index.html")).isNotEmptyFile();
    try (Stream<Path> below = Files.walk(PROJECT.resolve("docs"))) {
      assertThat(below.filter(path -> path.toString().endsWith(".md") && !path.endsWith("docs/index.md")))
          .isNotEmpty().allSatisfy(path -> assertThat(
              folder.resolve(PROJECT.relativize(path).toString().replaceFirst("\\.md$", ".html"))).isNotEmptyFile());
    }
  }

  @Test
  void everyLinkLeadsToAFileAndToAHeadingOfIt() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      for (String link : links(page)) {
        if (link.matches("https?://.*")) {
          continue;
        }
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        Path target = file.isEmpty() ? page : page.resolveSibling(file).normalize();
        if (!Files.isRegularFile(target)
            || hash >= 0 && !Files.readString(target).contains(" id=\"" + link.substring(hash + 1) + "\"")) {
          broken.add(folder.relativize(page) + " → " + link);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void nothingIsLoadedFromElsewhere() throws IOException {
    for (Path page : pages()) {
      assertThat(Files.readString(page)).as(page.toString())
          .doesNotContainPattern("(src|stylesheet\" href)=\"(https?:)?//");
    }
  }

  @Test
  void markersOfTestsAreNotShown() throws IOException {
    for (Path page : pages()) {
      assertThat(Files.readString(page)).as(page.toString()).doesNotContain("<!-- tried", "<!-- not tried",
          "<!-- guarded by", "&lt;!-- tried", "&lt;!-- not tried");
    }
  }

  @Test
  void theSearchKnowsEveryHeadingAndWhereItStands() throws IOException {
    List<String> sections = Files.readAllLines(folder.resolve("search.js"));
    assertThat(sections)
        .anyMatch(line -> line.startsWith("[\"docs/who.html#cpython\",\"Whose memory is it: tare who\",\"CPython\","));
    assertThat(sections).anyMatch(line -> line.contains("docs/containers.html#the-image"));
  }

  @Test
  @Tag("slow")
  void aReaderFindsASectionByItsWords() throws Exception {
    assertThat(asked("index.html", 1400, """
        var field = document.querySelector('.find input');
        field.value = 'ephemeral kubectl';
        field.dispatchEvent(new Event('input'));
        say(document.querySelector('#found a').getAttribute('href'));
        field.value = 'no-such-word-anywhere';
        field.dispatchEvent(new Event('input'));
        say(document.getElementById('found').textContent);
        """)).isEqualTo("docs/containers.html#an-ephemeral-container-kubectl-debug | Nothing found.");
  }

  @Test
  @Tag("slow")
  void pagesFitADeskAndATelephone() throws Exception {
    for (int width : new int[] {1400, 500}) {
      for (String page : List.of("index.html", "docs/accuracy.html", "docs/containers.html", "docs/heap-queries.html",
          "docs/compare.html", "docs/walk-throughs.html")) {
        assertThat(asked(page, width, "say(document.documentElement.scrollWidth <= innerWidth ? 'fits' : 'is '"
            + " + document.documentElement.scrollWidth + ' of ' + innerWidth);")).as(page + " at " + width)
            .isEqualTo("fits");
      }
    }
  }

  /** What a script says in a page that a browser has loaded. */
  private static String asked(String page, int width, String script) throws Exception {
    Optional<Path> browser = Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(
            name -> Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).map(place -> Path.of(place, name)))
        .filter(Files::isExecutable).findFirst();
    assumeTrue(browser.isPresent(), "no Chromium here: not checked is how the site looks and whether its search finds");
    Path asking = folder.resolve(page).resolveSibling("asking.html");
    Path out = folder.resolve("dom.txt");
    try {
      Files.writeString(asking,
          Files.readString(folder.resolve(page)).replace("</body>", "<pre id=\"said\"></pre><script>"
              + "function say(what) { var said = document.getElementById('said'); said.textContent += (said.textContent ? ' | ' : '')"
              + " + what; }" + script + "</script></body>"));
      Process process = new ProcessBuilder(browser.get().toString(), "--headless", "--no-sandbox", "--disable-gpu",
          "--user-data-dir=" + folder.resolve("profile"), "--window-size=" + width + ",1000", "--dump-dom",
          asking.toUri().toString()).redirectOutput(out.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      try {
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("the browser ends").isTrue();
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
      return ANSWER.matcher(Files.readString(out)).results().map(found -> found.group(1)).findFirst().orElse("nothing");
    } finally {
      Files.deleteIfExists(asking);
    }
  }

  private static List<String> links(Path page) throws IOException {
    return LINK.matcher(Files.readString(page)).results().map((MatchResult found) -> found.group(1)).toList();
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> below = Files.walk(folder)) {
      return below.filter(path -> path.toString().endsWith(".html")).sorted().toList();
    }
  }
}
