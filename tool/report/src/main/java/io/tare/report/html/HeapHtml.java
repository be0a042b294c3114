package io.tare.report.html;

import io.tare.model.heap.DominatorNode;
import io.tare.model.heap.HeapSummary;
import io.tare.model.heap.HeapThread;
import io.tare.model.heap.HistogramLine;
import io.tare.model.heap.Suspect;
import io.tare.report.TextOptions;
import io.tare.report.words.Count;
import io.tare.report.words.Share;
import io.tare.report.words.Units;
import io.tare.report.words.When;
import java.util.List;
import java.util.function.Consumer;

/**
 * A heap summary as one self-contained page. The dominator tree is a list that opens step by step; the page's script draws the
 * same list as a map to walk into.
 */
public final class HeapHtml {
  private static final int MOST_LINES = 400;

  private final Html html = new Html();
  private final HeapSummary summary;
  private final Units units;
  private final long total;

  private final Consumer<Html> more;

  private HeapHtml(HeapSummary summary, TextOptions options, Consumer<Html> more) {
    this.more = more;
    this.summary = summary;
    this.units = options.units();
    this.total = summary.reached().shallowBytes();
  }

  public static String render(HeapSummary summary, TextOptions options) {
    return render(summary, options, html -> {});
  }

  /** The summary and, as further sections, what else is known. */
  static String render(HeapSummary summary, TextOptions options, Consumer<Html> more) {
    return new HeapHtml(summary, options, more).page();
  }

  private String page() {
    html.own("<!doctype html>\n").open("html", "lang", "en").newLine();
    head();
    html.open("body").newLine().open("main").newLine();
    overview();
    suspects();
    dominators();
    histogram("Classes", summary.byClass());
    histogram("Packages", summary.byPackage());
    histogram("Class loaders", summary.byLoader());
    waste();
    threads();
    others();
    more.accept(html);
    problems();
    html.close().newLine().open("script").own(HeapPage.script()).close().newLine();
    return html.close().close().newLine().finish();
  }

  private void head() {
    html.open("head").newLine().single("meta", "charset", "utf-8").newLine();
    html.single("meta", "http-equiv", "Content-Security-Policy", "content", HeapPage.policy()).newLine();
    html.single("meta", "name", "viewport", "content", "width=device-width, initial-scale=1").newLine();
    html.single("meta", "name", "color-scheme", "content", "light dark").newLine();
    html.leaf("title", "Heap dump, " + When.utc(summary.dump().takenAt()) + " · Tare").newLine();
    html.open("style").own(PageResources.style()).own(HeapPage.style()).close().newLine().close().newLine();
  }

  private void overview() {
    html.open("header").leaf("p", "brand", "Tare").leaf("h1", "Heap dump");
    html.leaf("p", "facts", When.utc(summary.dump().takenAt()) + " · " + units.format(summary.dump().fileBytes())
        + " · hprof " + summary.dump().version() + " · " + summary.dump().layout());
    html.leaf("p", "sentence", units.format(total) + " live in " + Count.of(summary.reached().objects(), "object")
        + ", " + units.format(summary.unreachable().shallowBytes()) + " unreachable.");
    if (summary.dump().truncated()) {
      html.leaf("p", "The dump is cut off: what comes before the cut is analysed.");
    }
    html.close().newLine();
  }

  private void suspects() {
    section("Suspects", "Where much of the heap piles up. Growth over time would prove a leak.");
    if (summary.suspects().isEmpty()) {
      html.leaf("p", "No place holds a tenth of the heap or more.");
    }
    for (Suspect suspect : summary.suspects()) {
      html.leaf("h3", suspect.summary() + " (" + units.format(suspect.retainedBytes()) + ")");
      html.open("ol", "class", "path");
      suspect.path().forEach(step -> html.open("li").leaf("b", step.reference()).text(" " + step.className() + " ")
          .leaf("code", step.label()).leaf("small", " @ 0x" + Long.toHexString(step.address())).close());
      html.close().newLine();
    }
    html.close().newLine();
  }

  private void dominators() {
    section("Biggest holders", "Each object with what it alone keeps alive. Click a tile to walk into it.");
    html.open("p", "id", "heap-way").close().open("div", "id", "heap-map").close().newLine();
    html.open("ul", "id", "heap-tree", "class", "tree", "data-bytes", Long.toString(total));
    nodes(summary.dominators());
    html.close().close().newLine();
  }

  private void nodes(List<DominatorNode> nodes) {
    for (DominatorNode node : nodes) {
      String many = node.objects() == 1 ? "" : node.objects() + " × ";
      String name = many + node.className() + (node.label().isEmpty() ? "" : " " + node.label());
      html.open("li", "data-bytes", Long.toString(node.retainedBytes()), "data-name", name);
      String size = units.format(node.retainedBytes()) + " · " + Share.percent(node.retainedBytes(), total);
      if (node.children().isEmpty()) {
        html.leaf("b", size).text(" " + name);
      } else {
        html.open("details").open("summary").leaf("b", size).text(" " + name).close().open("ul");
        nodes(node.children());
        html.close().close();
      }
      html.close().newLine();
    }
  }

  private void histogram(String title, List<HistogramLine> lines) {
    section(title, "Retained is what would be free without all of them.");
    table("name", "objects", "shallow", "retained");
    for (HistogramLine line : lines.subList(0, Math.min(MOST_LINES, lines.size()))) {
      String retained = line.retainedBytes().isPresent() ? units.format(line.retainedBytes().getAsLong()) : "-";
      row(line.name(), Long.toString(line.objects()), units.format(line.shallowBytes()), retained);
    }
    html.close();
    more(lines.size());
    html.close().newLine();
  }

  private void waste() {
    section("Waste", "What the program could have back.");
    table("what", "objects", "bytes");
    summary.waste().stream().limit(MOST_LINES).forEach(
        line -> row(line.kind() + ": " + line.what(), Long.toString(line.objects()), units.format(line.bytes())));
    html.close();
    more(summary.waste().size());
    html.close().newLine();
  }

  private void more(int size) {
    if (size > MOST_LINES) {
      html.leaf("p", "hint", (size - MOST_LINES) + " more lines are in the JSON form.");
    }
  }

  private void threads() {
    section("Threads", "What each holds alone, with its stack.");
    for (HeapThread thread : summary.threads().stream().limit(MOST_LINES).toList()) {
      html.open("details").open("summary").leaf("b", units.format(thread.retainedBytes()))
          .text(" " + thread.name() + (thread.virtual() ? " (virtual)" : "")).close().open("ul");
      for (HeapThread.Frame frame : thread.frames()) {
        html.open("li").leaf("code", frame.method());
        frame.locals().forEach(local -> html.leaf("small", " " + local.className() + " "
            + units.format(local.retainedBytes())));
        html.close();
      }
      html.close().close().newLine();
    }
    more(summary.threads().size());
    html.close().newLine();
  }

  private void others() {
    section("Class loaders, finalizer, soft references", "");
    table("what", "objects", "retained", "details");
    summary.holdings().stream().limit(MOST_LINES).forEach(holding -> row(holding.kind() + ": " + holding.name(),
        Long.toString(holding.objects()), units.format(holding.retainedBytes()), holding.details()));
    html.close().close().newLine();
    section("Owners of native bytes", "As far as the objects' own fields say.");
    table("what", "objects", "native bytes", "details");
    summary.nativeOwners().forEach(owner -> row(owner.kind() + ": " + owner.className(), Long.toString(owner.objects()),
        owner.nativeBytes() == 0 ? "-" : units.format(owner.nativeBytes()), owner.details()));
    html.close().close().newLine();
  }

  private void problems() {
    if (!summary.problems().isEmpty()) {
      section("Problems", "").open("ul");
      summary.problems().forEach(problem -> html.leaf("li", problem.where() + ": " + problem.message()));
      html.close().close().newLine();
    }
  }

  private Html section(String title, String hint) {
    html.open("section").leaf("h2", title);
    return hint.isEmpty() ? html : html.leaf("p", "hint", hint);
  }

  private void table(String... columns) {
    html.open("table").open("tr");
    for (String column : columns) {
      html.leaf("th", column);
    }
    html.close();
  }

  private void row(String name, String... cells) {
    html.open("tr").leaf("td", name);
    for (String cell : cells) {
      html.leaf("td", "n", cell);
    }
    html.close().newLine();
  }
}
