package io.tare.app.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.tare.app.cli.Console;
import io.tare.app.heap.ExplorerPages.Growth;
import io.tare.app.heap.ExplorerPages.Older;
import io.tare.app.heap.ExplorerServer.Page;
import io.tare.heap.HeapOptions;
import io.tare.heap.HeapProgress;
import io.tare.heap.HeapSession;
import io.tare.heap.compare.HeapComparison;
import io.tare.heap.saved.IndexPlace;
import io.tare.model.heap.HeapDiff;
import io.tare.report.heap.HeapRenderers;
import io.tare.report.look.Format;
import io.tare.report.look.TextOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dump of this very JVM that is opened once and asked many questions: at a prompt, and in a browser. */
@Tag("slow")
class OpenDumpTest {
  static final class Basket {
    final String name;
    final byte[] content = new byte[1000];

    Basket(String name) {
      this.name = name;
    }
  }

  static final List<Basket> BASKETS = List.of(new Basket("first"), new Basket("second"), new Basket("third"));
  private static final String CLASS = Basket.class.getName();

  /** Filled between the dumps. */
  static final List<Apple> APPLES = new ArrayList<>();

  @SuppressWarnings("ArrayRecordComponent") // weight is all that it is for
  record Apple(byte[] flesh) {}

  @TempDir
  static Path folder;

  private static HeapSession session;
  private static HeapDiff growth;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeAll
  static void open() throws Exception {
    Path older = folder.resolve("old.hprof");
    Path dump = folder.resolve("self.hprof");
    HotSpotDiagnosticMXBean vm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    vm.dumpHeap(older.toString(), true);
    IntStream.range(0, 5_000).mapToObj(i -> new Apple(new byte[100])).forEach(APPLES::add);
    vm.dumpHeap(dump.toString(), true);
    growth = HeapComparison.compare(older, dump, HeapOptions.usual().withTemporaryFolder(folder), HeapProgress.NONE);
    session = HeapSession.open(dump, HeapOptions.usual().withTemporaryFolder(folder), HeapProgress.NONE,
        IndexPlace.NONE);
  }

  @AfterAll
  static void close() throws IOException {
    session.close();
  }

  private static DumpAnswers answers(Format format) {
    return new DumpAnswers(session, format, TextOptions.plain(100));
  }

  private boolean ask(String... lines) throws IOException {
    Iterator<String> questions = List.of(lines).iterator();
    Console console = new Console(out, err, false, false, Map.of());
    boolean all = new HeapShell(answers(Format.TEXT), console).run(() -> questions.hasNext() ? questions.next() : null);
    console.out().flush();
    return all;
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void manyQuestionsAreAnsweredFromOneDump() throws Exception {
    assertThat(ask("# baskets", "", "class " + CLASS,
        "SELECT toString(b.name) AS name FROM " + CLASS + " b ORDER BY toString(b.name)",
        "collections java.util.Hash*", "names Dump" + "Test$Bask", "quit", "nonsense")).isTrue();
    assertThat(printed()).contains("reachable    3 objects").containsSubsequence("first", "second", "third",
        "3 rows", "What they hold", "java.util.HashMap", CLASS);
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void aMistakeIsToldAndTheNextQuestionIsAnswered() throws Exception {
    assertThat(ask("SELECT b.weight FROM " + CLASS + " b", "nonsense", "0xzz", "class no.such.Thing",
        "SELECT count(*) FROM " + CLASS + " b")).isFalse();
    assertThat(err.toString(StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("tare: "))).hasSize(4);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("has no field weight; there are name, content",
        "'nonsense' is no question; 'help' lists them");
    assertThat(printed()).contains("1 row");
  }

  @Test
  void theSummaryDoesNotUseTheDumpUp() throws Exception {
    assertThat(ask("summary", "class " + CLASS, "summary")).isTrue();
    assertThat(printed()).contains("reachable    3 objects");
    assertThat(printed().split("Biggest holders", -1)).hasSize(3);
  }

  @Test
  void namesAreCompletedToCommandsClassesAndFields() {
    HeapShell.Completions completions = new HeapShell.Completions(answers(Format.TEXT));
    assertThat(completions.of("", "sel")).containsExactly("SELECT");
    assertThat(completions.of("class ", CLASS.substring(0, CLASS.length() - 3))).containsExactly(CLASS);
    assertThat(completions.of("class ", "Test$Bask")).containsExactly(CLASS);
    assertThat(completions.of("SELECT b FROM " + CLASS + " b WHERE ", "b.c")).containsExactly("b.content");
  }

  @Test
  void onlyWhoKnowsTheAddressIsAnswered() throws Exception {
    ExplorerPages pages = new ExplorerPages(answers(Format.JSON), "self.hprof", Optional.empty());
    try (ExplorerServer server = ExplorerServer.start(0, pages)) {
      URI address = URI.create(server.address());
      assertThat(address.getHost()).isEqualTo("127.0.0.1");
      assertThat(get(address, address.getPath(), address.getAuthority())).startsWith("HTTP/1.1 200").contains(
          "explorer.js",
          "Content-security-policy: default-src 'none'");
      assertThat(get(address, address.getPath() + "api/class?name=" + CLASS, address.getAuthority()))
          .contains("\"objects\": 3");
      assertThat(get(address, "/api/summary", address.getAuthority())).startsWith("HTTP/1.1 404");
      assertThat(get(address, address.getPath(), "evil.example:" + address.getPort())).startsWith("HTTP/1.1 404");
      assertThat(get(address, address.getPath() + "../../etc/passwd", address.getAuthority()))
          .startsWith("HTTP/1.1 404");
      assertThat(get(address, address.getPath() + "api/select?query=SELECT+nothing", address.getAuthority()))
          .startsWith("HTTP/1.1 400").contains("of the query");
    }
    try (ExplorerServer another = ExplorerServer.start(0, pages);
        ExplorerServer third = ExplorerServer.start(0, pages)) {
      assertThat(URI.create(another.address()).getPath()).isNotEqualTo(URI.create(third.address()).getPath());
    }
  }

  private static String get(URI server, String path, String host) throws IOException {
    try (Socket socket = new Socket(server.getHost(), server.getPort()); InputStream in = socket.getInputStream()) {
      socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
          .getBytes(StandardCharsets.ISO_8859_1));
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Walks through the explorer as a person would, and leaves in the page what it saw. */
  private static final String WALK = """
      const said = [];
      const until = async (what, fits) => {
        for (let i = 0; i < 400; i++) {
          const found = fits();
          if (found) { return found; }
          await new Promise(done => setTimeout(done, 25));
        }
        throw new Error('no ' + what);
      };
      const one = selector => document.querySelector(selector);
      const fit = () => { if (document.documentElement.scrollWidth > innerWidth) { said.push('too wide at ' + location.hash); } };
      try {
        await until('overview', () => one('#content .sentence'));
        fit();
        dispatchEvent(new KeyboardEvent('keydown', { key: '/' }));
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '/', bubbles: true }));
        const search = await until('search', () => one('#search'));
        search.value = 'DumpTest$Basket';
        search.dispatchEvent(new Event('input'));
        said.push('found ' + (await until('row', () => document.querySelectorAll('tbody tr').length === 1 && one('tbody tr a'))).textContent);
        fit();
        one('tbody tr a').click();
        said.push('class ' + (await until('class', () => /3 objects/.test(one('#content .sentence')?.textContent) && one('h2'))).textContent);
        fit();
        (await until('object', () => one('section:nth-of-type(2) a.object'))).click();
        await until('fields', () => [...document.querySelectorAll('h2')].find(h => h.textContent === 'Refers to'));
        said.push('fields ' + [...document.querySelectorAll('tbody')][0].innerText.replace(/\\s+/g, ' ').slice(0, 21));
        said.push('share ' + one('code.x-command').textContent.replace(/0x[0-9a-f]+/, 'ADDRESS'));
        fit();
        history.back();
        said.push('back ' + (await until('class again', () => /3 objects/.test(one('#content .sentence')?.textContent) && one('h2'))).textContent);
        location.hash = '#/holders';
        const item = await until('tree', () => one('[role=tree] [role=treeitem]'));
        item.focus();
        item.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
        await until('children', () => item.querySelector('[role=treeitem], .hint'));
        said.push('opened ' + item.getAttribute('aria-expanded'));
        fit();
        location.hash = '#/query/' + encodeURIComponent('SELECT b.weight FROM CLASSNAME b');
        said.push('mistake ' + (await until('mistake', () => one('.mistake'))).textContent.split('\\n')[0]);
        said.push('caret ' + one('#query').selectionStart);
        location.hash = '#/growth';
        const apples = await until('growth', () => [...document.querySelectorAll('section:last-of-type tbody tr')]
          .find(row => row.textContent.includes('$Apple')));
        said.push('grown ' + [...apples.cells].slice(1, 4).map(cell => cell.textContent).join(' '));
        fit();
        location.hash = '#/waste';
        const sorted = await until('collections', () => one('.x-parts') && one('section:nth-of-type(2) th[aria-sort=descending]'));
        said.push('collections by ' + sorted.textContent);
        const cells = [...one('section:nth-of-type(2) tbody tr').cells].map(cell => cell.textContent);
        said.push('cells ' + cells.length + ' parts ' + document.querySelectorAll('section:nth-of-type(2) tbody tr:first-child .x-parts i').length);
        said.push('share ' + one('section:nth-of-type(2) code.x-command').textContent);
        fit();
        [...document.querySelectorAll('section:nth-of-type(2) th button')].find(head => head.textContent === 'Empty').click();
        said.push('then by ' + [...document.querySelectorAll('section:nth-of-type(2) th[aria-sort=descending]')].at(-1).textContent);
        for (const name of ['threads', 'loaders', 'waste', 'overview']) {
          location.hash = '#/' + name;
          await until(name, () => one('nav [aria-current]')?.getAttribute('href') === '#/' + name && !one('[aria-busy]') && one('h2'));
          fit();
        }
      } catch (failure) { said.push(String(failure) + ' at ' + location.hash); }
      document.body.replaceChildren(...said.map(text => Object.assign(document.createElement('li'), { textContent: text })));
      """
      .replace("CLASSNAME", CLASS);

  @Test
  void theExplorerIsWalkedThroughInABrowser() throws Exception {
    Optional<Path> browser = Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(name -> Arrays.stream(System.getenv("PATH").split(":")).map(dir -> Path.of(dir, name)))
        .filter(Files::isExecutable).findFirst();
    assumeTrue(browser.isPresent(), "no Chromium here: not checked is that the explorer can be clicked through");
    ExplorerPages pages = new ExplorerPages(answers(Format.JSON), "self.hprof", Optional.of(new Older("old.hprof",
        new Growth(() -> HeapRenderers.render(growth, Format.JSON, TextOptions.plain(100))))));
    try (ExplorerServer server = ExplorerServer.start(0, (path, query) -> path.equals("walk.js")
        ? Page.of("text/javascript; charset=utf-8", WALK)
        : withWalk(pages.page(path, query)))) {
      for (String width : List.of("1280", "390")) {
        assertThat(walk(browser.get(), server.address(), width)).as("width %s", width).containsExactly(
            "found " + CLASS, "class " + CLASS, "fields name java.lang.String",
            "share tare heap self.hprof --object ADDRESS",
            "back " + CLASS, "opened true",
            "mistake column 10 of the query: " + CLASS + " has no field weight; there are name, content", "caret 9",
            "grown 0 5,000 +5,000", "collections by Retained", "cells 8 parts 5",
            "share tare heap self.hprof --collections", "then by Empty");
      }
    }
  }

  private static Page withWalk(Page page) {
    String content = new String(page.content(), StandardCharsets.UTF_8);
    return page.type().startsWith("text/html")
        ? Page.of(page.type(), content.replace("</head>", "<script type=\"module\" src=\"walk.js\"></script></head>"))
        : page;
  }

  private static List<String> walk(Path browser, String address, String width) throws Exception {
    Path said = folder.resolve("dom-" + width + ".html");
    Process process = new ProcessBuilder(browser.toString(), "--headless", "--no-sandbox", "--disable-gpu",
        "--user-data-dir=" + folder.resolve("browser"), "--window-size=" + width + ",800",
        "--virtual-time-budget=30000",
        "--dump-dom", address).redirectOutput(said.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try {
      assertThat(process.waitFor(180, TimeUnit.SECONDS)).as("the browser has ended").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Stream.of(Files.readString(said).split("<li>")).skip(1).map(item -> item.substring(0, item.indexOf("</li>")))
        .toList();
  }
}
