package io.tare.report.heap;

import io.tare.model.heap.HeapCollections;
import io.tare.model.heap.HeapCollections.CollectionLine;
import io.tare.model.heap.HeapCollections.CollectionParts;
import io.tare.report.look.Count;
import io.tare.report.look.Html;
import io.tare.report.look.HtmlPage;
import io.tare.report.look.TextOptions;
import io.tare.report.look.Units;
import java.util.List;

/** What collections cost, as one self-contained page without a script. */
final class CollectionsHtml {
  private static final int MOST_LINES = 400;
  private static final List<String> COLUMNS = List.of("Class", "Retained", "Wrapper", "Table", "Keys", "Values",
      "Shared", "Count", "Empty", "Of one", "Elements", "Fill", "Collide", "Held elsewhere", "Unread");

  private CollectionsHtml() {}

  static String render(HeapCollections collections, TextOptions options) {
    Units units = options.units();
    HtmlPage frame = new HtmlPage("Collections of a heap", HeapHtml.style(), "", HtmlPage.LIGHT_AND_DARK);
    Html html = frame.begin();
    long count = collections.lines().stream().mapToLong(CollectionLine::collections).sum();
    html.open("header").leaf("p", "brand", "Tare").leaf("h1", "Collections");
    html.leaf("p", "sentence", Count.of(count, "collection") + " in a heap of "
        + units.format(collections.shallowBytes()) + ".").close().newLine();
    html.open("section").leaf("h2", "What they hold and how full they are");
    html.leaf("p", "hint",
        "Retained is the sum of wrapper, table, keys, values and shared. Of a collection inside another of"
            + " its class the bytes count once, as its own.");
    html.wideTable("Collections by class", COLUMNS);
    for (CollectionLine line : collections.lines().subList(0, Math.min(MOST_LINES, collections.lines().size()))) {
      row(html, line, units);
    }
    html.endWideTable();
    collections.problems().forEach(problem -> html.leaf("p", problem.where() + ": " + problem.message()));
    if (collections.lines().size() > MOST_LINES) {
      html.leaf("p", "hint", (collections.lines().size() - MOST_LINES) + " more lines are in the JSON form.");
    }
    return frame.end(html.close().newLine().close().newLine());
  }

  private static void row(Html html, CollectionLine line, Units units) {
    CollectionParts parts = line.parts();
    html.row(line.className(), units.format(line.retainedBytes()), units.format(parts.wrapperBytes()),
        units.format(parts.tableBytes()), units.format(parts.keyBytes()), units.format(parts.valueBytes()),
        units.format(parts.sharedBytes()), Count.grouped(line.collections()), Count.grouped(line.empty()),
        Count.grouped(line.ofOne()), Count.grouped(line.elements()), CollectionsText.fill(line),
        CollectionsText.collisions(line),
        Count.grouped(line.elsewhere().keys() + line.elsewhere().values()), Count.grouped(line.unread()));
  }
}
