package io.tare.report.heap;

import io.tare.model.heap.DominatorNode;
import io.tare.model.heap.DumpCost;
import io.tare.model.heap.HeapHistogram.HistogramLine;
import io.tare.model.heap.HeapReport;
import io.tare.model.heap.HeapSummary;
import io.tare.model.heap.HeapThread;
import io.tare.model.heap.NativeBridge;
import io.tare.model.heap.NativeBridge.NativeLine;
import io.tare.model.heap.ObjectTotals;
import io.tare.model.heap.PathStep;
import io.tare.model.heap.Suspect;
import io.tare.report.look.Count;
import io.tare.report.look.Page;
import io.tare.report.look.Style;
import io.tare.report.look.TextOptions;
import io.tare.report.look.Time;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A heap summary for a terminal: suspects first, then the lists, the big lines of each unless all are asked for; below it the
 * process beside its heap, and what taking the dump cost.
 */
final class HeapText {
  private static final int FEW = 12;
  private static final int ACCOUNTS_SHOWN = 8;
  private static final int DEEPEST = 6;
  private static final int LEAST_PERCENT = 1;
  private static final int OWNERS = 38;
  private static final int HEAP = 51;
  private static final int PROCESS = 62;

  private final Page page;
  private final HeapSummary summary;
  private final long total;

  private HeapText(HeapSummary summary, TextOptions options) {
    this.page = new Page(options);
    this.summary = summary;
    this.total = summary.reached().shallowBytes();
  }

  static String render(HeapReport report, TextOptions options) {
    HeapText text = new HeapText(report.summary(), options);
    text.write();
    report.bridge().ifPresent(text::bridge);
    report.cost().ifPresent(text::cost);
    return text.page.print();
  }

  private void write() {
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
  }

  private void heading() {
    if (summary.dump().rootsLost()) {
      page.prose("", HeapWords.ROOTS_LOST, Style.RED);
    }
    page.line().add("Heap dump", Style.BOLD).add(" of " + Time.utc(summary.dump().takenAt()) + ", "
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
      page.prose(2, HeapWords.noSuspects(summary), Style.PLAIN);
    }
    int number = 0;
    for (Suspect suspect : summary.suspects()) {
      page.prose(++number + ". ", suspect.summary() + " (" + page.bytes(suspect.retainedBytes()) + ")", Style.BOLD);
      for (PathStep step : suspect.path()) {
        page.line().add("     ").fit(page.width(), step(step), Style.FAINT);
      }
      for (Suspect.OtherWay way : suspect.otherWays()) {
        page.prose("   and ", way.holder(), Style.PLAIN);
        way.path().forEach(step -> page.line().add("     ").fit(page.width(), step(step), Style.FAINT));
      }
    }
  }

  private static String step(PathStep step) {
    String label = step.label().isEmpty() ? "" : " " + step.label();
    return step.reference() + ": " + step.className() + label + " @ " + HeapWords.address(step.address());
  }

  private void histogram(String title, String beside, List<HistogramLine> lines) {
    page.heading(title, beside);
    HeapWords.histogram(page, page.shown(lines, FEW));
    rest(lines.size());
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
          .right(19, Count.percent(node.retainedBytes(), total), Style.FAINT).add("  ".repeat(depth + 1))
          .fit(page.width(), many + node.className() + label, Style.PLAIN);
      nodes(node.children(), depth + 1);
    }
  }

  private void waste() {
    page.heading("Waste", "what the program could have back");
    Set<String> told = new HashSet<>();
    for (var line : page.shown(summary.waste(), FEW)) {
      page.line().right(10, page.bytes(line.bytes()), Style.PLAIN).right(22, Long.toString(line.objects()), Style.FAINT)
          .to(24).fit(page.width(), line.kind() + ": " + start(line.what()), Style.PLAIN);
      if (start(line.what()).length() < line.what().length()) {
        page.line().to(26).fit(page.width(), line.what().substring(start(line.what()).length() + 2), Style.FAINT);
      }
      if (!line.remedy().isEmpty() && told.add(line.remedy())) {
        page.prose(26, line.remedy(), Style.FAINT);
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
    for (HeapThread thread : page.shown(summary.threads(), FEW)) {
      String locals = thread.threadLocalBytes() == 0 ? "" : ", thread-locals " + page.bytes(thread.threadLocalBytes());
      page.line().right(10, page.bytes(thread.retainedBytes()), Style.PLAIN).to(12)
          .fit(page.width(), thread.name() + (thread.virtual() ? " (virtual)" : "") + locals, Style.PLAIN);
      if (page.showsThreads() || page.showsAll()) {
        thread.frames().forEach(this::frame);
      }
    }
    rest(summary.threads().size());
  }

  /** With the objects that its local variables refer to. */
  private void frame(HeapThread.Frame frame) {
    page.line().to(14).fit(page.width(), "at " + frame.method(), Style.FAINT);
    for (HeapThread.Local local : frame.locals()) {
      page.line().right(26, page.bytes(local.retainedBytes()), Style.PLAIN).add("  ")
          .fit(page.width(), HeapWords.object(local.className(), "", local.address()), Style.FAINT);
    }
  }

  private void others() {
    page.heading("Class loaders, finalizer, soft references", "");
    for (var holding : page.shown(summary.holdings(), FEW)) {
      page.line().right(10, page.bytes(holding.retainedBytes()), Style.PLAIN)
          .right(20, Long.toString(holding.objects()), Style.FAINT).to(22)
          .fit(page.width(), holding.kind() + ": " + holding.name(), Style.PLAIN);
    }
    page.heading("Owners of native bytes", "as far as the objects' own fields say");
    for (var owner : page.shown(summary.nativeOwners(), FEW)) {
      String bytes = owner.nativeBytes() == 0 ? "-" : page.bytes(owner.nativeBytes());
      page.line().right(10, bytes, Style.PLAIN).right(20, Long.toString(owner.objects()), Style.FAINT).to(22)
          .fit(page.width(), owner.kind() + ": "
              + (owner.kind().endsWith(" by holder") ? owner.details() : owner.className()), Style.PLAIN);
    }
  }

  private void problems() {
    if (!summary.problems().isEmpty()) {
      page.heading("Problems", "");
      summary.problems().forEach(problem -> page.prose(2, problem.where() + ": " + problem.message(), Style.YELLOW));
    }
  }

  private void bridge(NativeBridge bridge) {
    page.heading("Native memory", "as the heap and process " + bridge.pid() + " tell it");
    page.line().right(OWNERS, "owners", Style.FAINT).right(HEAP, "in the heap", Style.FAINT)
        .right(PROCESS, "process", Style.FAINT);
    for (NativeLine line : bridge.lines()) {
      page.line().add("  ").fit(OWNERS - 8, line.what(), Style.BOLD)
          .right(OWNERS, line.objects() == 0 ? "" : Long.toString(line.objects()), Style.FAINT)
          .right(HEAP, page.bytes(line.heapBytes()), Style.PLAIN)
          .right(PROCESS, page.bytes(line.processBytes()), Style.PLAIN);
      String about = line.counterpart().isEmpty() ? "" : "process: " + line.counterpart();
      String separator = about.isEmpty() || line.meaning().isEmpty() ? "" : "; ";
      page.prose(4, about + separator + line.meaning(), Style.FAINT);
    }
    ownerless(bridge);
    bridge.notes().forEach(note -> page.prose(2, note, Style.YELLOW));
  }

  private void ownerless(NativeBridge bridge) {
    page.line().add("  no Java object owns", Style.BOLD);
    int few = page.showsAll() ? Integer.MAX_VALUE : ACCOUNTS_SHOWN;
    bridge.rest().stream().limit(few).forEach(rest -> page.line().add("    ")
        .fit(HEAP, rest.account() + ": " + rest.title(), Style.FAINT)
        .right(PROCESS, page.bytes(rest.residentBytes()), Style.PLAIN));
    if (bridge.rest().size() > few) {
      long left = bridge.rest().stream().skip(few).mapToLong(NativeBridge.Rest::residentBytes).sum();
      page.line().add("    " + Count.of(bridge.rest().size() - few, "more account"), Style.FAINT)
          .right(PROCESS, page.bytes(left), Style.PLAIN);
    }
  }

  private void cost(DumpCost cost) {
    page.heading("What the dump cost process " + cost.pid(), "");
    page.prose(2, "All its threads stood still for at most " + Count.millis(cost.millis())
        + (cost.liveOnly() ? ", a full collection included" : "") + ". It wrote " + page.bytes(cost.fileBytes())
        + ", and its RSS changed by " + page.units().formatSigned(cost.grownBytes()) + ".", Style.PLAIN);
  }
}
