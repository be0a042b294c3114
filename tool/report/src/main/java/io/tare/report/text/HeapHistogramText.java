package io.tare.report.text;

import io.tare.model.heap.HeapHistogram;
import io.tare.model.heap.HistogramLine;
import io.tare.report.TextOptions;
import io.tare.report.words.Count;
import java.util.List;

/** Objects and bytes by class for a terminal. */
public final class HeapHistogramText {
  private static final int FEW = 30;

  private HeapHistogramText() {}

  public static String render(HeapHistogram histogram, TextOptions options) {
    Page page = new Page(options);
    page.line().add(Count.of(histogram.objects(), "object") + ", " + page.bytes(histogram.shallowBytes()), Style.BOLD)
        .add(", reachable or not");
    page.heading("Classes", "shallow: the objects' own bytes");
    page.line().right(12, "shallow", Style.FAINT).right(24, "objects", Style.FAINT);
    List<HistogramLine> all = histogram.lines();
    for (HistogramLine line : page.showsAll() ? all : all.subList(0, Math.min(FEW, all.size()))) {
      page.line().right(12, page.bytes(line.shallowBytes()), Style.PLAIN)
          .right(24, Long.toString(line.objects()), Style.PLAIN).to(26).fit(page.width(), line.name(), Style.PLAIN);
    }
    if (!page.showsAll() && all.size() > FEW) {
      page.line().to(26).add((all.size() - FEW) + " more; --all lists them", Style.FAINT);
    }
    if (!histogram.problems().isEmpty()) {
      page.heading("Problems", "");
      histogram.problems().forEach(problem -> page.prose(2, problem.where() + ": " + problem.message(), Style.YELLOW));
    }
    return page.print();
  }
}
