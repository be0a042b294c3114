package io.tare.app.heap;

import io.tare.app.cli.UsageException;
import io.tare.app.heap.ExplorerServer.Page;
import io.tare.app.heap.ExplorerServer.Pages;
import io.tare.heap.lookup.NotInDump;
import io.tare.heap.query.QueryError;
import io.tare.report.look.Html;
import io.tare.report.look.HtmlPage;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The explorer of a dump: one page with its script and style, and the answers, as JSON, that the script asks for. */
final class ExplorerPages implements Pages {
  private static final String JSON = "application/json; charset=utf-8";
  private static final Set<String> SCRIPTS = Set.of("explorer.js", "views.js", "dom.js");
  private static final int MOST_HELD = 200;

  private final DumpAnswers answers;
  private final String dump;
  private final Optional<Older> older;

  /**
   * An older dump of the same program.
   *
   * @param name as a command line would name it
   * @param growth since then, as JSON; asked for once
   */
  record Older(String name, Growth growth) {}

  /** Found when it is first looked at, since it takes an analysis of both dumps. */
  static final class Growth {
    private final Finding finding;
    private String found = "";

    interface Finding {
      String json() throws IOException;
    }

    Growth(Finding finding) {
      this.finding = finding;
    }

    synchronized String json() throws IOException {
      found = found.isEmpty() ? finding.json() : found;
      return found;
    }
  }

  /** @param dump as a command line would name it */
  ExplorerPages(DumpAnswers answers, String dump, Optional<Older> older) {
    this.answers = answers;
    this.dump = dump;
    this.older = older;
  }

  @Override
  public Page page(String path, Map<String, String> query) throws IOException {
    if (path.isEmpty()) {
      return Page.of("text/html; charset=utf-8", frame());
    }
    if (SCRIPTS.contains(path)) {
      return Page.of("text/javascript; charset=utf-8", resource(path));
    }
    if (path.equals("page.css") || path.equals("explorer.css")) {
      return Page.of("text/css; charset=utf-8",
          path.equals("page.css") ? HtmlPage.resource(HtmlPage.class, path) : resource(path));
    }
    try {
      return answer(path, query);
    } catch (QueryError | NotInDump | UsageException mistake) {
      return Page.mistake(String.valueOf(mistake.getMessage()));
    }
  }

  private Page answer(String path, Map<String, String> query)
      throws IOException, QueryError, NotInDump, UsageException {
    return switch (path) {
      case "api/summary" -> Page.of(JSON, answers.summary());
      case "api/object" -> Page.of(JSON, answers.object(query.getOrDefault("address", "")));
      case "api/class" -> Page.of(JSON, answers.ofClass(query.getOrDefault("name", "")));
      case "api/collections" -> Page.of(JSON, answers.collections(""));
      case "api/select" -> Page.of(JSON, answers.select(query.getOrDefault("query", "")));
      case "api/held" -> Page.of(JSON,
          answers.held(query.getOrDefault("address", "0x0"), number(query.get("from")), MOST_HELD));
      case "api/growth" -> growth();
      default -> Page.notFound("there is nothing at " + path);
    };
  }

  private Page growth() {
    if (older.isEmpty()) {
      return Page.mistake("no older dump was given: 'tare open " + dump + " --base OLDER' compares");
    }
    try {
      return Page.of(JSON, older.get().growth().json());
    } catch (IOException unreadable) {
      return Page.mistake(older.get().name() + " can't be compared: " + unreadable.getMessage());
    }
  }

  private static int number(@Nullable String digits) {
    return digits != null && digits.matches("\\d{1,7}") ? Integer.parseInt(digits) : 0;
  }

  private static String resource(String name) {
    return HtmlPage.resource(ExplorerPages.class, "explorer/" + name);
  }

  private String frame() {
    Html html = new Html().own("<!doctype html>\n").open("html", "lang", "en").newLine().open("head").newLine();
    html.single("meta", "charset", "utf-8").single("meta", "name", "viewport", "content",
        "width=device-width, initial-scale=1").single("meta", "name", "color-scheme", "content", "light dark");
    html.leaf("title", dump + " \u00b7 Tare").newLine();
    html.single("link", "rel", "stylesheet", "href", "page.css").single("link", "rel", "stylesheet", "href",
        "explorer.css").single("link", "rel", "icon", "href", "data:,").newLine();
    html.open("script", "type", "module", "src", "explorer.js").close().newLine().close().newLine();
    html.open("body", "data-dump", dump, "data-older", older.map(Older::name).orElse("")).newLine().open("main", "id",
        "explorer");
    html.leaf("p", "Reading the dump …").close().close().newLine().close().newLine();
    return html.finish();
  }
}
