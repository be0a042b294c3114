package io.tare.report.text;

import io.tare.model.heap.DominatorNode;
import io.tare.model.heap.HeapSummary;
import io.tare.model.heap.HeapThread;
import io.tare.model.heap.HistogramLine;
import io.tare.model.heap.ObjectTotals;
import io.tare.model.heap.PathStep;
import io.tare.model.heap.Suspect;
import io.tare.report.TextOptions;
import io.tare.report.words.Count;
import io.tare.report.words.Share;
import io.tare.report.words.When;
import java.util.List;

/** A heap summary for a terminal: suspects first, then the lists, the big lines of each unless all are asked for. */
public final class HeapText {
  private static final int FEW = 12;
  private static final int DEEPEST = 6;
  private static final int LEAST_PERCENT = 1;

  private final Page page;
  private final HeapSummary summary;
  private final long total;

  private HeapText(HeapSummary summary, TextOptions options) {
    this.page = new Page(options);
    this.summary = summary;
    this.total = summary.reached().shallowBytes();
  }

  public static String render(HeapSummary summary, TextOptions options) {
    return new HeapText(summary, options).print();
  }

  private String print() {
    heading();
    suspects();
    histogram("Classes", "retained: what would be free without all of them", summary.byClass());
    histogram("Packages", "", summary.byPackage());
    histogram("Class loaders", "", summary.byLoader());
    page.heading("Biggest holders", "the dominator tree, from " + LEAST_PERCENT + " % of the heap on");
    nodes(summary.dominators(), 0);
    waste();
    threads();
    others();
    problems();
    return page.print();
  }

  private void heading() {
    page.line().add("Heap dump", Style.BOLD).add(" of " + When.utc(summary.dump().takenAt()) + ", "
        + page.bytes(summary.dump().fileBytes()) + ", hprof " + summary.dump().version());
    page.line().add("live         " + totals(summary.reached()));
    page.line().add("unreachable  " + totals(summary.unreachable()));
    page.prose("", summary.dump().layout() + "; " + Count.grouped(summary.dump().classes()) + " classes, "
        + Count.of(summary.dump().roots(), "root"), Style.FAINT);
    if (summary.dump().truncated()) {
      page.line().add("The dump is cut off: what comes before the cut is analysed.", Style.RED);
    }
  }

  private String totals(ObjectTotals totals) {
    return page.bytes(totals.shallowBytes()) + " in " + Count.of(totals.objects(), "object");
  }

  private void suspects() {
    page.heading("Suspects", "where much of the heap piles up; growth over time would prove a leak");
    if (summary.suspects().isEmpty()) {
      page.prose(2, "No place holds a tenth of the heap or more.", Style.PLAIN);
    }
    int number = 0;
    for (Suspect suspect : summary.suspects()) {
      page.prose(++number + ". ", suspect.summary() + " (" + page.bytes(suspect.retainedBytes()) + ")", Style.BOLD);
      for (PathStep step : suspect.path()) {
        page.line().add("     ").fit(page.width(), step(step), Style.FAINT);
      }
    }
  }

  private static String step(PathStep step) {
    String label = step.label().isEmpty() ? "" : " " + step.label();
    return step.reference() + ": " + step.className() + label + " @ 0x" + Long.toHexString(step.address());
  }

  private void histogram(String title, String beside, List<HistogramLine> lines) {
    page.heading(title, beside);
    page.line().right(12, "retained", Style.FAINT).right(22, "shallow", Style.FAINT).right(34, "objects", Style.FAINT);
    for (HistogramLine line : shown(lines)) {
      String retained = line.retainedBytes().isPresent() ? page.bytes(line.retainedBytes().getAsLong()) : "-";
      page.line().right(12, retained, Style.PLAIN).right(22, page.bytes(line.shallowBytes()), Style.PLAIN)
          .right(34, Long.toString(line.objects()), Style.PLAIN).to(36).fit(page.width(), line.name(), Style.PLAIN);
    }
    rest(lines.size());
  }

  private <T> List<T> shown(List<T> all) {
    return page.showsAll() ? all : all.subList(0, Math.min(FEW, all.size()));
  }

  private void rest(int size) {
    if (!page.showsAll() && size > FEW) {
      page.line().to(36).add((size - FEW) + " more", Style.FAINT);
    }
  }

  private void nodes(List<DominatorNode> nodes, int depth) {
    for (DominatorNode node : nodes) {
      if (depth > DEEPEST || node.retainedBytes() * 100 < total * LEAST_PERCENT) {
        return;
      }
      String many = node.objects() == 1 ? "" : node.objects() + " × ";
      String label = node.label().isEmpty() ? "" : " " + node.label();
      page.line().right(10, page.bytes(node.retainedBytes()), Style.PLAIN)
          .right(19, Share.percent(node.retainedBytes(), total), Style.FAINT).add("  ".repeat(depth + 1))
          .fit(page.width(), many + node.className() + label, Style.PLAIN);
      nodes(node.children(), depth + 1);
    }
  }

  private void waste() {
    page.heading("Waste", "what the program could have back");
    for (var line : shown(summary.waste())) {
      page.line().right(10, page.bytes(line.bytes()), Style.PLAIN).right(22, Long.toString(line.objects()), Style.FAINT)
          .to(24).fit(page.width(), line.kind() + ": " + start(line.what()), Style.PLAIN);
      if (start(line.what()).length() < line.what().length()) {
        page.line().to(26).fit(page.width(), line.what().substring(start(line.what()).length() + 2), Style.FAINT);
      }
    }
    rest(summary.waste().size());
  }

  /** Without the field that holds the most: that has a line of its own. A string's text is one line whatever it says. */
  private static String start(String what) {
    int field = what.indexOf(", most in ");
    return field < 0 || what.indexOf(' ') < field ? what : what.substring(0, field);
  }

  private void threads() {
    page.heading("Threads", "what each holds alone");
    for (HeapThread thread : shown(summary.threads())) {
      String locals = thread.threadLocalBytes() == 0 ? "" : ", thread-locals " + page.bytes(thread.threadLocalBytes());
      page.line().right(10, page.bytes(thread.retainedBytes()), Style.PLAIN).to(12)
          .fit(page.width(), thread.name() + (thread.virtual() ? " (virtual)" : "") + locals, Style.PLAIN);
      if (page.showsThreads() || page.showsAll()) {
        thread.frames().forEach(frame -> page.line().to(14).fit(page.width(), "at " + frame.method(), Style.FAINT));
      }
    }
    rest(summary.threads().size());
  }

  private void others() {
    page.heading("Class loaders, finalizer, soft references", "");
    for (var holding : shown(summary.holdings())) {
      page.line().right(10, page.bytes(holding.retainedBytes()), Style.PLAIN)
          .right(20, Long.toString(holding.objects()),
              Style.FAINT)
          .to(22).fit(page.width(), holding.kind() + ": " + holding.name(), Style.PLAIN);
    }
    page.heading("Owners of native bytes", "as far as the objects' own fields say");
    for (var owner : shown(summary.nativeOwners())) {
      String bytes = owner.nativeBytes() == 0 ? "-" : page.bytes(owner.nativeBytes());
      page.line().right(10, bytes, Style.PLAIN).right(20, Long.toString(owner.objects()), Style.FAINT).to(22)
          .fit(page.width(), owner.kind() + ": " + owner.className(), Style.PLAIN);
    }
  }

  private void problems() {
    if (!summary.problems().isEmpty()) {
      page.heading("Problems", "");
      summary.problems().forEach(problem -> page.prose(2, problem.where() + ": " + problem.message(), Style.YELLOW));
    }
  }
}
