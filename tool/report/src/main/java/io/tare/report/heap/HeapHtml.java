package io.tare.report.heap;

import io.tare.model.heap.DominatorNode;
import io.tare.model.heap.DumpCost;
import io.tare.model.heap.HeapHistogram.HistogramLine;
import io.tare.model.heap.HeapReport;
import io.tare.model.heap.HeapSummary;
import io.tare.model.heap.HeapThread;
import io.tare.model.heap.NativeBridge;
import io.tare.model.heap.NativeBridge.NativeLine;
import io.tare.model.heap.PathStep;
import io.tare.model.heap.Suspect;
import io.tare.report.look.Count;
import io.tare.report.look.Html;
import io.tare.report.look.HtmlPage;
import io.tare.report.look.TextOptions;
import io.tare.report.look.Time;
import io.tare.report.look.Units;
import java.util.List;

/**
 * A heap summary as one self-contained page, with sections about the process where one is known. The dominator tree is a list that
 * opens step by step; the page's script draws the same list as a map to walk into.
 */
final class HeapHtml {
  private static final int MOST_LINES = 400;

  private final Html html;
  private final HeapSummary summary;
  private final Units units;
  private final long total;

  private HeapHtml(Html html, HeapSummary summary, Units units) {
    this.html = html;
    this.summary = summary;
    this.units = units;
    this.total = summary.reached().shallowBytes();
  }

  static String render(HeapReport report, TextOptions options) {
    HeapSummary summary = report.summary();
    HtmlPage page = new HtmlPage("Heap dump, " + Time.utc(summary.dump().takenAt()), style(),
        HtmlPage.resource(HeapHtml.class, "heap.js"), HtmlPage.LIGHT_AND_DARK);
    Html html = page.begin();
    HeapHtml sections = new HeapHtml(html, summary, options.units());
    sections.contents();
    report.bridge().ifPresent(sections::bridge);
    report.cost().ifPresent(sections::cost);
    sections.problems();
    return page.end(html.close().newLine());
  }

  /** What pages about heaps add to the style of all pages. */
  static String style() {
    return HtmlPage.resource(HeapHtml.class, "heap.css");
  }

  private void contents() {
    overview();
    suspects();
    dominators();
    histogram("Classes", summary.byClass());
    histogram("Packages", summary.byPackage());
    histogram("Class loaders", summary.byLoader());
    waste();
    threads();
    others();
  }

  private void overview() {
    html.open("header").leaf("p", "brand", "Tare").leaf("h1", "Heap dump");
    html.leaf("p", "facts", Time.utc(summary.dump().takenAt()) + " · " + units.format(summary.dump().fileBytes())
        + " · hprof " + summary.dump().version() + " · " + summary.dump().layout());
    html.leaf("p", "sentence", units.format(total) + " live in " + Count.of(summary.reached().objects(), "object")
        + ", " + units.format(summary.unreachable().shallowBytes()) + " unreachable.");
    if (summary.dump().rootsLost()) {
      html.leaf("p", HeapWords.ROOTS_LOST);
    }
    if (summary.dump().truncated()) {
      html.leaf("p", "The dump is cut off: what comes before the cut is analysed.");
    }
    html.close().newLine();
  }

  private void suspects() {
    section("Suspects", "Where much of the heap piles up. Growth over time would prove a leak.");
    if (summary.suspects().isEmpty()) {
      html.leaf("p", HeapWords.noSuspects(summary));
    }
    for (Suspect suspect : summary.suspects()) {
      html.leaf("h3", suspect.summary() + " (" + units.format(suspect.retainedBytes()) + ")");
      path(suspect.path());
      suspect.otherWays().forEach(way -> {
        html.leaf("p", "and " + way.holder());
        path(way.path());
      });
    }
    html.close().newLine();
  }

  private void path(List<PathStep> path) {
    html.open("ol", "class", "path");
    path.forEach(step -> html.open("li").leaf("b", step.reference()).text(" " + step.className() + " ")
        .leaf("code", step.label()).leaf("small", " @ " + HeapWords.address(step.address())).close());
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
      String size = units.format(node.retainedBytes()) + " · " + Count.percent(node.retainedBytes(), total);
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
    html.table("name", "objects", "shallow", "retained");
    for (HistogramLine line : lines.subList(0, Math.min(MOST_LINES, lines.size()))) {
      html.row(line.name(), Long.toString(line.objects()), units.format(line.shallowBytes()),
          units.format(line.retainedBytes()));
    }
    html.close();
    more(lines.size());
    html.close().newLine();
  }

  private void waste() {
    section("Waste", "What the program could have back.");
    html.table("what", "objects", "bytes");
    summary.waste().stream().limit(MOST_LINES).forEach(
        line -> html.row(line.kind() + ": " + line.what(), Long.toString(line.objects()), units.format(line.bytes())));
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
    html.table("what", "objects", "retained", "details");
    summary.holdings().stream().limit(MOST_LINES).forEach(holding -> html.row(holding.kind() + ": " + holding.name(),
        Long.toString(holding.objects()), units.format(holding.retainedBytes()), holding.details()));
    html.close().close().newLine();
    section("Owners of native bytes", "As far as the objects' own fields say.");
    html.table("what", "objects", "native bytes", "details");
    summary.nativeOwners()
        .forEach(owner -> html.row(owner.kind() + ": " + owner.className(), Long.toString(owner.objects()),
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

  private void bridge(NativeBridge bridge) {
    section("Native memory", "As the heap and process " + bridge.pid() + " tell it.");
    html.table("what", "owners", "in the heap", "process", "meaning").newLine();
    for (NativeLine line : bridge.lines()) {
      html.open("tr").leaf("td", line.what()).leaf("td", "n", Long.toString(line.objects()))
          .leaf("td", "n", units.format(line.heapBytes())).leaf("td", "n", units.format(line.processBytes()))
          .leaf("td", line.meaning()).close().newLine();
    }
    html.close().leaf("h3", "No Java object owns").open("table");
    bridge.rest().forEach(rest -> html.open("tr").leaf("td", rest.account() + ": " + rest.title())
        .leaf("td", "n", units.format(rest.residentBytes())).close().newLine());
    html.close();
    bridge.notes().forEach(note -> html.leaf("p", note));
    html.close().newLine();
  }

  private void cost(DumpCost cost) {
    section("What the dump cost", "");
    html.leaf("p", "All threads of process " + cost.pid() + " stood still for at most " + Count.millis(cost.millis())
        + "; it wrote " + units.format(cost.fileBytes()) + ", and its RSS changed by "
        + units.formatSigned(cost.grownBytes()) + ".");
    html.close().newLine();
  }
}
