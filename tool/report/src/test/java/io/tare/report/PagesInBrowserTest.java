package io.tare.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.model.profile.AllocationReport;
import io.tare.report.difference.CheckReport;
import io.tare.report.ledger.SampleReports;
import io.tare.report.look.Format;
import io.tare.report.look.TextOptions;
import io.tare.report.processes.ProcessesHtml;
import io.tare.report.profile.AllocationHtml;
import io.tare.report.story.StoryHtml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every page as a browser sets it: on a desk and on a telephone, by day and by night. */
@Tag("slow")
class PagesInBrowserTest {
  private static final TextOptions PLAIN = TextOptions.plain(100);
  private static final String AXE = "axe-core@4.14.1";
  private static final List<Integer> WIDTHS = List.of(1400, 390);
  private static final Pattern ANSWER = Pattern.compile("<li>([^<]*)</li>");

  @TempDir
  Path folder;

  /** What a page says of itself once it stands: what is wider than the window, which labels are cut or say nothing, which lines break, what axe finds. */
  private static final String PROBE = """
      <script>
      addEventListener('load', function () {
        var said = [];
        var name = location.hash.slice(1);
        if (document.documentElement.scrollWidth > innerWidth) {
          said.push('is ' + document.documentElement.scrollWidth + ' wide');
        }
        document.querySelectorAll('.label').forEach(function (label) {
          if (getComputedStyle(label).display !== 'none' && (label.scrollWidth > label.clientWidth + 1
              || label.scrollHeight > label.clientHeight + 1)) {
            said.push('cuts the label ' + label.textContent);
          }
        });
        document.querySelectorAll('.split i:empty').forEach(function (label) {
          if (label.offsetWidth > 0) {
            said.push('shows a label that says nothing');
          }
        });
        document.querySelectorAll('.legend li').forEach(function (line) {
          var figures = document.createRange();
          figures.setStart(line, 0);
          figures.setEndBefore(line.querySelector('small'));
          if (figures.getBoundingClientRect().height > 1.8 * parseFloat(getComputedStyle(line).fontSize)) {
            said.push('breaks the line ' + figures);
          }
        });
        var done = window.axe ? axe.run({ resultTypes: ['violations'] }).then(function (found) {
          found.violations.forEach(function (one) {
            said.push('axe: ' + one.id + ' at ' + one.nodes.slice(0, 3).map(function (node) {
              return node.target.join(' ') + ' ' + node.any.map(function (any) { return any.message; }).join('; ');
            }).join(' | '));
          });
        }) : Promise.resolve();
        done.then(function () { parent.postMessage(name + ': ' + (said.length ? said.join('; ') : 'fine'), '*'); });
      });
      </script>
      """;

  private static Map<String, String> pages() throws IOException {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("ledger", Renderers.render(SampleReports.jvm(), Format.HTML, PLAIN));
    pages.put("hostile", Renderers.render(SampleReports.hostile(), Format.HTML, PLAIN));
    pages.put("story", StoryHtml.render(OverTimeSamples.told(), PLAIN));
    pages.put("leak", OverTimeRenderers.render(OverTimeSamples.leak(), Format.HTML, PLAIN));
    pages.put("log", OverTimeRenderers.render(OverTimeSamples.log(), Format.HTML, PLAIN));
    pages.put("difference", OverTimeRenderers.render(OverTimeSamples.difference(), Format.HTML, PLAIN));
    pages.put("investigation", OverTimeRenderers.render(OverTimeSamples.investigation(true), Format.HTML, PLAIN));
    pages.put("check", CheckReport.render(OverTimeSamples.check(), Format.HTML, PLAIN));
    pages.put("settling", OverTimeRenderers.render(OverTimeSamples.settling(), Format.HTML, PLAIN));
    pages.put("trial", TrialRenderers.render(TrialSamples.trial(), Format.HTML, PLAIN));
    pages.put("growth",
        TrialRenderers.render(List.of("sort", "{SIZE}"), List.of(TrialSamples.growth()), List.of(), Format.HTML,
            PLAIN));
    pages.put("who", AllocationHtml.render(TrialSamples.allocations(), PLAIN));
    pages.put("flames",
        AllocationHtml.withFlames(TrialSamples.allocations(), TrialSamples.unpleasantStacks(), 0, PLAIN));
    pages.put("processes", ProcessesHtml.render(TrialSamples.processes(), Instant.EPOCH, PLAIN));
    for (String heap : List.of("heap", "heap-diff")) {
      pages.put(heap, Files.readString(Path.of("src/test/resources/golden/" + heap + ".html")));
    }
    return pages;
  }

  @Test
  void everyPageFitsItsWindowCutsNoLabelAndCanBeReadByAll() throws Exception {
    Path browser = browser();
    List<String> wrong = new ArrayList<>();
    Optional<Path> axe = axe();
    for (String scheme : List.of("1", "0")) {
      List<String> answers = answers(browser, axe, scheme);
      assertThat(answers).hasSize(pages().size() * WIDTHS.size());
      answers.stream().filter(answer -> !answer.endsWith(": fine"))
          .map(answer -> (scheme.equals("0") ? "dark " : "light ") + answer).forEach(wrong::add);
    }
    assertThat(wrong).isEmpty();
    assumeTrue(axe.isPresent(), AXE + " can't be fetched by npm here: not checked is whether all can read the pages");
  }

  /** The policy of a page names the digests of its scripts: a browser that obeys it still draws the field's slider and sorts. */
  @Test
  void aPagesOwnScriptRunsUnderItsPolicy() throws Exception {
    Path story = folder.resolve("story.html");
    Files.writeString(story, StoryHtml.render(OverTimeSamples.told(), PLAIN));
    assertThat(dom(browser(), story, "1")).contains("role=\"slider\"", "class=\"sort\"",
        "aria-valuetext=\"After 2:05 min");
  }

  private static final String FLAMES_USED = """
      <pre id="used"></pre><script>
      addEventListener('load', function () {
        var out = document.getElementById('used');
        var field = document.querySelector('#flames input');
        function say(what) { out.textContent += what + '\\n'; }
        function frame(name) { return document.querySelector('.flame[aria-label^="' + name + ' "]'); }
        function shown() {
          return Array.from(document.querySelectorAll('.flame')).map(function (one) {
            return one.getAttribute('aria-label').split(' ')[0] + ' ' + Math.round(parseFloat(one.style.width)); }).join(', ');
        }
        function press(key) {
          document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: key, bubbles: true, cancelable: true }));
          return document.activeElement.getAttribute('aria-label');
        }
        function find(text) {
          field.value = text;
          field.dispatchEvent(new Event('input'));
          return Array.from(document.querySelectorAll('.flame.hit')).map(function (one) { return one.textContent; }).join(' ')
            + document.querySelector('#flames output').textContent;
        }
        say('all: ' + shown());
        frame('a').focus();
        frame('a').click();
        say('zoomed: ' + shown());
        say('back: ' + press('Escape') + ': ' + shown());
        say('keys: ' + ['ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowUp'].map(press).join(', '));
        say('told: ' + document.querySelector('.flame-said').textContent);
        say('found: ' + find('B') + '; ' + find('a') + '; ' + find('none') + '; ' + find(''));
        frame('b').click();
        document.querySelector('.flame-back').click();
        say('sorted: ' + ['Itself', 'Itself', 'Function'].map(function (head) {
          var button = Array.from(document.querySelectorAll('.sort')).find(function (one) { return one.textContent === head; });
          button.click();
          return Array.from(button.closest('table').tBodies[0].rows).slice(0, 3).map(function (row) {
            return row.cells[0].textContent.replace(/.*put/, ''); }).join(' '); }).join(', '));
        say('shown again: ' + shown() + ', ' + document.querySelector('.flame-back').disabled);
      });
      </script>
      """;

  @Test
  void aFlameGraphIsZoomedWalkedAndSearchedAndItsTableSorted() throws Exception {
    Path file = folder.resolve("flames.html");
    Files.writeString(file, AllocationHtml
        .withFlames(TrialSamples.allocations(), TrialSamples.stacks(100, 600, 300), 0, PLAIN)
        .replaceFirst("<meta http-equiv=[^>]*>", "").replace("</body>", FLAMES_USED + "</body>"));
    assertThat(dom(browser(), file, "1")).contains(
        """
            <pre id="used">all: all 100, main 100, a 70, b 60, c 30
            zoomed: all 100, main 100, a 100, b 86
            back: main · 1000 B · 100.0 %: all 100, main 100, a 70, b 60, c 30
            keys: a · 700 B · 70.0 %, c · 300 B · 30.0 %, c · 300 B · 30.0 %, a · 700 B · 70.0 %, main · 1000 B · 100.0 %, all · 1000 B · 100.0 %
            told: all · 1000 B · 100.0 %
            found: b 60.0 % of all; main a 100.0 % of all;  0.0 % of all;\s
            sorted: 0 1 2, 14 13 12, 0 1 10
            shown again: all 100, main 100, a 70, b 60, c 30, true
            </pre>""");
  }

  /** A page obeys its policy here; what shrank is as wide as what grew, and has its sign. */
  @Test
  void aFlameGraphOfAChangeIsDrawnUnderThePagesPolicy() throws Exception {
    AllocationReport report = TrialSamples.allocations();
    Path file = folder.resolve("change.html");
    Files.writeString(file, AllocationHtml.withFlames(new AllocationReport(report.subject(), Optional.empty(),
        report.top(), true, List.of(), List.of(), List.of()), TrialSamples.stacks(0, -600, 400), 0, PLAIN));
    assertThat(dom(browser(), file, "1")).contains("aria-label=\"main · −200 B · 100.0 %\"",
        "aria-label=\"b · −600 B · 60.0 %\"", "aria-label=\"c · +400 B · 40.0 %\"");
  }

  private List<String> answers(Path browser, Optional<Path> axe, String scheme) throws Exception {
    String probe = axe.map(script -> "<script src=\"" + script.toUri() + "\"></script>").orElse("") + PROBE;
    StringBuilder all = new StringBuilder("<ul id=all></ul><script>addEventListener('message', function (m) {"
        + "var li = document.createElement('li'); li.textContent = m.data; all.appendChild(li); });</script>");
    for (Map.Entry<String, String> page : pages().entrySet()) {
      Path file = folder.resolve(page.getKey() + ".html");
      Files.writeString(file, page.getValue().replaceFirst("<meta http-equiv=[^>]*>", "")
          .replace("</body>", probe + "</body>"));
      WIDTHS.forEach(width -> all.append("<iframe style='height:900px;width:" + width + "px' src='" + file.toUri() + "#"
          + page.getKey() + "-" + width + "'></iframe>"));
    }
    Path wrapper = folder.resolve("all.html");
    Files.writeString(wrapper, all.toString());
    return ANSWER.matcher(dom(browser, wrapper, scheme)).results().map(MatchResult::group)
        .map(answer -> answer.substring(4, answer.length() - 5)).toList();
  }

  private String dom(Path browser, Path page, String scheme) throws IOException, InterruptedException {
    Path out = folder.resolve("dom.txt");
    Process process = new ProcessBuilder(browser.toString(), "--headless", "--no-sandbox", "--disable-gpu",
        "--user-data-dir=" + folder.resolve("profile"), "--window-size=1500,1000", "--virtual-time-budget=60000",
        "--blink-settings=preferredColorScheme=" + scheme, "--dump-dom", page.toUri().toString())
        .redirectOutput(out.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try {
      assertThat(process.waitFor(180, TimeUnit.SECONDS)).as("the browser ends").isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    return Files.readString(out);
  }

  private static Path browser() {
    Optional<Path> found = Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(PagesInBrowserTest::onPath)
        .findFirst();
    assumeTrue(found.isPresent(), "no Chromium here: not checked is how the pages look in a browser");
    return found.orElseThrow();
  }

  private static Stream<Path> onPath(String command) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).map(place -> Path.of(place, command))
        .filter(Files::isExecutable);
  }

  /** The checker of pages, by the ordinary client of its registry; empty where that is not to be had. */
  private Optional<Path> axe() throws IOException, InterruptedException {
    Optional<Path> npm = onPath("npm").findFirst();
    if (npm.isEmpty()) {
      return Optional.empty();
    }
    Process process = new ProcessBuilder(npm.get().toString(), "install", "--prefix", folder.toString(), "--silent",
        "--ignore-scripts", "--no-audit", "--no-fund", "--no-save", AXE)
        .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    Path script = folder.resolve("node_modules/axe-core/axe.min.js");
    return Optional.of(script).filter(Files::exists);
  }
}
