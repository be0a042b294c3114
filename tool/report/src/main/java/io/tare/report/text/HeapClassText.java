package io.tare.report.text;

import io.tare.model.heap.HeapClassAnswer;
import io.tare.model.heap.HistogramLine;
import io.tare.model.heap.PathNode;
import io.tare.report.TextOptions;
import io.tare.report.words.Count;
import io.tare.report.words.Share;
import java.util.List;

/** The objects of a class for a terminal: how many, the biggest, and their merged ways from the roots. */
public final class HeapClassText {
  private static final int FEW = 12;
  private static final int LEAST_PERCENT = 1;

  private final Page page;
  private final HeapClassAnswer answer;

  private HeapClassText(HeapClassAnswer answer, TextOptions options) {
    this.page = new Page(options);
    this.answer = answer;
  }

  public static String render(HeapClassAnswer answer, TextOptions options) {
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
    HeapParts.objects(page, shown(answer.classObjects()));
    if (answer.reached().objects() > 0) {
      biggest();
      paths();
    }
    return page.print();
  }

  private void classes() {
    page.heading("Classes", "");
    page.line().right(12, "retained", Style.FAINT).right(22, "shallow", Style.FAINT).right(34, "objects", Style.FAINT);
    List<HistogramLine> shown = shown(answer.classes());
    for (HistogramLine line : shown) {
      String retained = line.retainedBytes().isPresent() ? page.bytes(line.retainedBytes().getAsLong()) : "-";
      page.line().right(12, retained, Style.PLAIN).right(22, page.bytes(line.shallowBytes()), Style.PLAIN)
          .right(34, Long.toString(line.objects()), Style.PLAIN).to(36).fit(page.width(), line.name(), Style.PLAIN);
    }
    if (shown.size() < answer.classes().size()) {
      page.line().to(36).add((answer.classes().size() - shown.size()) + " more", Style.FAINT);
    }
  }

  private <T> List<T> shown(List<T> all) {
    return page.showsAll() ? all : all.subList(0, Math.min(FEW, all.size()));
  }

  private void biggest() {
    page.heading("Biggest", "");
    HeapParts.objects(page, shown(answer.biggest()));
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
            .right(20, Share.percent(node.objects(), answer.reached().objects()), Style.FAINT)
            .add("  ".repeat(Math.min(depth, 20) + 1)).add(node.reference(), Style.BOLD).add("  ")
            .fit(page.width(), node.className() + label, Style.PLAIN);
        nodes(node.children(), node.children().size() == 1 && nodes.size() == 1 ? depth : depth + 1);
      }
    }
  }
}
