package io.tare.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

  /** Each event of a recording is a piece that says when it came; its text is there without a script. */
  @Test
  void aRecordingIsPlayedWhereAPageLinksIt() throws IOException {
    List<String> events = Files.readAllLines(PROJECT.resolve("docs/demo.cast"));
    String page = Files.readString(folder.resolve("docs/walk-throughs.html"));
    assertThat(page.split("data-at=", -1)).hasSize(events.size());
    assertThat(page).contains("<figure class=\"cast\">", "files/docs/demo.cast\">asciicast</a>",
        "<span class=\"c32\">").doesNotContain("\u001b", "\\u001b");
    assertThat(events).noneMatch(event -> event.matches(".*/(tmp|home|work|root)/.*"));
  }

  @Test
  @Tag("slow")
  void aRecordingShowsAllUntilItIsPlayed() throws Exception {
    assertThat(asked("docs/walk-throughs.html", 1400, """
        var button = document.querySelector('.cast button');
        function shown() { return document.querySelectorAll('.cast [data-at]:not([hidden])').length; }
        var all = shown();
        button.click();
        say(shown() + ' ' + button.textContent);
        button.click();
        say((shown() === all) + ' ' + button.textContent);
        """)).isEqualTo("1 Show all | true Play");
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

  /** '/' to the field, down to the second hit and up again, Escape back to an empty field; Enter takes the first. */
  @Test
  @Tag("slow")
  void theSearchIsUsedWithTheKeyboardAlone() throws Exception {
    assertThat(asked("docs/install.html", 1400,
        """
            function press(key) {
              var event = new KeyboardEvent('keydown', { key: key, bubbles: true, cancelable: true });
              document.activeElement.dispatchEvent(event);
              return event.defaultPrevented;
            }
            function where() { var a = document.activeElement; return a.href ? a.getAttribute('href') : a.tagName.toLowerCase(); }
            say(press('x') + ' ' + press('/') + ' ' + where());
            document.activeElement.value = 'ephemeral kubectl';
            document.activeElement.dispatchEvent(new Event('input'));
            var first = document.querySelector('#found a').getAttribute('href');
            var found = Array.from(document.querySelectorAll('#found a')).map(function (a) { return a.getAttribute('href'); });
            press('ArrowDown');
            say(where() === found[0]);
            press('ArrowDown');
            say(where() === (found[1] || found[0]));
            press('ArrowUp');
            press('Escape');
            say(where() + ' ' + document.activeElement.value + document.getElementById('found').hidden);
            document.activeElement.value = 'ephemeral kubectl';
            document.activeElement.dispatchEvent(new Event('input'));
            document.querySelector('#found a').addEventListener('click', function (event) { event.preventDefault(); say('goes'); });
            press('Enter');
            """))
        .isEqualTo("false true input | true | true | input true | goes");
  }

  private static final String AXE = "axe-core@4.14.1";
  /** What a page says of itself once it stands. */
  private static final String PROBE = """
      <script>
      addEventListener('load', function () {
        var said = [];
        if (document.documentElement.scrollWidth > innerWidth) {
          said.push('is ' + document.documentElement.scrollWidth + ' wide');
        }
        var only = location.search.slice(1);
        var asked = { resultTypes: ['violations'] };
        if (only) {
          asked.runOnly = only.split(',');
        }
        var done = window.axe ? axe.run(asked).then(function (found) {
          found.violations.forEach(function (one) {
            said.push(one.id + ' at ' + one.nodes.slice(0, 3).map(function (node) {
              return node.target.join(' ') + ' ' + node.any.map(function (any) { return any.message; }).join(', ');
            }).join(' and '));
          });
        }) : Promise.resolve();
        done.then(function () { parent.postMessage(said.length ? said.join('; ') : 'fine', '*'); });
      });
      </script>
      """;
  private static final String ONE_AFTER_THE_OTHER = """
      <!DOCTYPE html><pre id="said"></pre><script>
      var frames = [%s];
      var frame;
      function next() {
        if (frames.length) {
          frame = document.createElement('iframe');
          frame.style = 'height:900px;width:' + frames[0][1] + 'px';
          frame.src = frames[0][0] + '?%s';
          document.body.appendChild(frame);
        }
      }
      addEventListener('message', function (message) {
        document.getElementById('said').textContent += frames.shift().join(' at ') + ': ' + message.data + '\\n';
        frame.remove();
        next();
      });
      addEventListener('load', next);
      </script>
      """;

  /** The colours differ by day and by night, what fits and what scrolls by the width; all else is the same. */
  private static final Map<String, String> RULES = Map.of("light 1400", "", "light 390",
      "scrollable-region-focusable,target-size", "dark 1400", "color-contrast");

  @Test
  @Tag("slow")
  void everyPageFitsItsWindowAndCanBeReadByAll() throws Exception {
    Path browser = browser();
    Optional<Path> axe = axe();
    String probe = axe.map(script -> "<script src=\"" + script.toUri() + "\"></script>").orElse("") + PROBE;
    Path probed = folder.resolveSibling(folder.getFileName() + "-probed");
    List<String> names = pages().stream().map(page -> folder.relativize(page).toString()).toList();
    try {
      Site.build(PROJECT, probed);
      for (String name : names) {
        Path page = probed.resolve(name);
        Files.writeString(page, Files.readString(page) + probe);
      }
      List<String> wrong = new ArrayList<>();
      for (String look : RULES.keySet()) {
        String width = look.split(" ")[1];
        Path all = probed.resolve("all.html");
        Files.writeString(all, ONE_AFTER_THE_OTHER.formatted(names.stream()
            .map(name -> "['" + name + "', " + width + "]").collect(Collectors.joining(", ")), RULES.get(look)));
        List<String> said = ANSWER.matcher(dom(browser, all, 1500, look.startsWith("dark") ? "0" : "1")).results()
            .flatMap(found -> found.group(1).lines()).toList();
        assertThat(said).as(look).hasSize(names.size());
        said.stream().filter(line -> !line.endsWith(": fine")).map(line -> look + " " + line).forEach(wrong::add);
      }
      assertThat(wrong).isEmpty();
    } finally {
      try (Stream<Path> below = Files.walk(probed)) {
        for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    assumeTrue(axe.isPresent(), AXE + " can't be fetched by npm here: not checked is whether all can read the site");
  }

  /** The checker of pages, by the ordinary client of its registry; empty where that is not to be had. */
  private static Optional<Path> axe() throws IOException, InterruptedException {
    Optional<Path> npm = onPath("npm").findFirst();
    if (npm.isEmpty()) {
      return Optional.empty();
    }
    Path place = Files.createDirectories(folder.resolve("npm"));
    Process process = new ProcessBuilder(npm.get().toString(), "install", "--prefix", place.toString(), "--silent",
        "--ignore-scripts", "--no-audit", "--no-fund", "--no-save", AXE)
        .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return Optional.of(place.resolve("node_modules/axe-core/axe.min.js")).filter(Files::exists);
  }

  private static Stream<Path> onPath(String command) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).map(place -> Path.of(place, command))
        .filter(Files::isExecutable);
  }

  private static Path browser() {
    Optional<Path> browser = Stream.of("chromium", "chromium-browser", "google-chrome").flatMap(SiteTest::onPath)
        .findFirst();
    assumeTrue(browser.isPresent(), "no Chromium here: not checked is how the site looks and whether its search finds");
    return browser.orElseThrow();
  }

  /** What a script says in a page that a browser has loaded. */
  private static String asked(String page, int width, String script) throws Exception {
    Path browser = browser();
    Path asking = folder.resolve(page).resolveSibling("asking.html");
    try {
      Files.writeString(asking,
          Files.readString(folder.resolve(page)).replace("</body>", "<pre id=\"said\"></pre><script>"
              + "function say(what) { var said = document.getElementById('said'); said.textContent += (said.textContent ? ' | ' : '')"
              + " + what; }" + script + "</script></body>"));
      return ANSWER.matcher(dom(browser, asking, width, "1")).results().map(found -> found.group(1)).findFirst()
          .orElse("nothing");
    } finally {
      Files.deleteIfExists(asking);
    }
  }

  private static String dom(Path browser, Path page, int width, String scheme) throws Exception {
    Path out = folder.resolve("dom.txt");
    Process process = new ProcessBuilder(browser.toString(), "--headless", "--no-sandbox", "--disable-gpu",
        "--user-data-dir=" + folder.resolve("profile"), "--window-size=" + width + ",1000",
        "--virtual-time-budget=600000", "--blink-settings=preferredColorScheme=" + scheme, "--dump-dom",
        page.toUri().toString()).redirectOutput(out.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try {
      assertThat(process.waitFor(240, TimeUnit.SECONDS)).as("the browser ends").isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return Files.readString(out);
  }

  private static List<String> links(Path page) throws IOException {
    return LINK.matcher(Files.readString(page)).results().map((MatchResult found) -> found.group(1)).toList();
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> below = Files.walk(folder)) {
      return below.filter(path -> path.toString().endsWith(".html") && !path.startsWith(folder.resolve("npm"))
          && !path.startsWith(folder.resolve("profile"))).sorted().toList();
    }
  }
}
