package io.tare.report.heap;

import io.tare.model.heap.HeapClassAnswer;
import io.tare.model.heap.HeapHistogram;
import io.tare.model.heap.HeapHistogram.HistogramLine;
import io.tare.model.heap.PathNode;
import io.tare.report.look.Count;
import io.tare.report.look.Page;
import io.tare.report.look.Style;
import io.tare.report.look.TextOptions;
import java.util.List;

/**
 * Classes for a terminal: the objects of one, with how many, the biggest, and their merged ways from the roots; or all of them, with
 * their objects and bytes.
 */
final class HeapClassText {
  private static final int FEW = 12;
  private static final int CLASSES_SHOWN = 30;
  private static final int LEAST_PERCENT = 1;

  private final Page page;
  private final HeapClassAnswer answer;

  private HeapClassText(HeapClassAnswer answer, TextOptions options) {
    this.page = new Page(options);
    this.answer = answer;
  }

  static String render(HeapClassAnswer answer, TextOptions options) {
    return new HeapClassText(answer, options).print();
  }

  private String print() {
    page.prose("", answer.asked(), Style.BOLD);
    page.line().add("reachable    " + Count.of(answer.reached().objects(), "object") + ", "
        + page.bytes(answer.reached().shallowBytes()) + " shallow");
    if (answer.retainedBytes().isPresent()) {
      page.line().add("retained     " + page.bytes(answer.retainedBytes().getAsLong()))
          .add("  what would be free without all of them", Style.FAINT);
    }
    page.line().add("unreachable  " + Count.of(answer.unreachable().objects(), "object") + ", "
        + page.bytes(answer.unreachable().shallowBytes()));
    if (answer.classes().size() > 1) {
      classes();
    }
    page.heading("Class objects", "they have the static fields: --object shows them");
    HeapWords.objects(page, page.shown(answer.classObjects(), FEW));
    if (answer.reached().objects() > 0) {
      biggest();
      paths();
    }
    return page.print();
  }

  private void biggest() {
    page.heading("Biggest", "");
    HeapWords.objects(page, page.shown(answer.biggest(), FEW));
  }

  private void paths() {
    page.heading("Paths from the roots", "merged; the number says how many of the objects lie behind a step");
    nodes(answer.paths(), 0);
    if (answer.pathsLeftOut() > 0) {
      page.line().right(12, Count.grouped(answer.pathsLeftOut()), Style.FAINT).add("  by other ways", Style.FAINT);
    }
  }

  private void nodes(List<PathNode> nodes, int depth) {
    for (PathNode node : nodes) {
      boolean small = node.objects() * 100 < answer.reached().objects() * LEAST_PERCENT;
      if (!small || page.showsAll()) {
        String label = node.label().isEmpty() ? "" : " " + node.label();
        page.line().right(12, Count.grouped(node.objects()), Style.PLAIN)
            .right(20, Count.percent(node.objects(), answer.reached().objects()), Style.FAINT)
            .add("  ".repeat(Math.min(depth, 20) + 1)).add(node.reference(), Style.BOLD).add("  ")
            .fit(page.width(), node.className() + label, Style.PLAIN);
        nodes(node.children(), node.children().size() == 1 && nodes.size() == 1 ? depth : depth + 1);
      }
    }
  }

  private void classes() {
    page.heading("Classes", "");
    List<HistogramLine> shown = page.shown(answer.classes(), FEW);
    HeapWords.histogram(page, shown);
    if (shown.size() < answer.classes().size()) {
      page.line().to(36).add((answer.classes().size() - shown.size()) + " more", Style.FAINT);
    }
  }

  /** Objects and bytes by class. */
  static String render(HeapHistogram histogram, TextOptions options) {
    Page page = new Page(options);
    page.line().add(Count.of(histogram.objects(), "object") + ", " + page.bytes(histogram.shallowBytes()), Style.BOLD)
        .add(", reachable or not");
    page.heading("Classes", "shallow: the objects' own bytes");
    page.line().right(12, "shallow", Style.FAINT).right(24, "objects", Style.FAINT);
    List<HistogramLine> all = histogram.lines();
    for (HistogramLine line : page.shown(all, CLASSES_SHOWN)) {
      page.line().right(12, page.bytes(line.shallowBytes()), Style.PLAIN)
          .right(24, Long.toString(line.objects()), Style.PLAIN).to(26).fit(page.width(), line.name(), Style.PLAIN);
    }
    if (!page.showsAll() && all.size() > CLASSES_SHOWN) {
      page.line().to(26).add((all.size() - CLASSES_SHOWN) + " more; --all lists them", Style.FAINT);
    }
    if (!histogram.problems().isEmpty()) {
      page.heading("Problems", "");
      histogram.problems().forEach(problem -> page.prose(2, problem.where() + ": " + problem.message(), Style.YELLOW));
    }
    return page.print();
  }
}
