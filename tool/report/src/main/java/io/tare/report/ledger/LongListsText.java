package io.tare.report.ledger;

import io.tare.model.report.Figure;
import io.tare.model.report.MappingLine;
import io.tare.model.report.ThreadLine;
import io.tare.report.look.Columns;
import io.tare.report.look.Count;
import io.tare.report.look.Page;
import io.tare.report.look.Page.Line;
import io.tare.report.look.Style;
import java.util.Comparator;
import java.util.List;

/** The long lists that are printed when they are asked for. */
final class LongListsText {
  private static final int BYTES_END = 11;

  private LongListsText() {}

  static void details(Page page, List<Figure> details) {
    if (details.isEmpty()) {
      return;
    }
    page.heading("DETAILS", "");
    int names = details.stream().mapToInt(reading -> Columns.of(reading.what())).max().orElse(0);
    int values = Math.min(names, page.width() / 2) + 4;
    for (Figure reading : details) {
      page.line().add("  ").fit(values - 2, reading.what(), Style.PLAIN).to(values).fit(page.width(), reading.value(),
          Style.PLAIN);
    }
  }

  static void mappings(Page page, List<MappingLine> mappings) {
    if (mappings.isEmpty()) {
      return;
    }
    page.heading("MAPPINGS", Count.of(mappings.size(), "piece") + ", by address");
    mappings.stream().sorted(Comparator.comparing(MappingLine::range)).forEach(mapping -> mapping(page, mapping));
  }

  private static void mapping(Page page, MappingLine mapping) {
    Line line = page.line().right(BYTES_END, page.bytes(mapping.residentBytes()), Style.PLAIN).add("  ");
    String range = mapping.range().toString();
    if (!page.isNarrow()) {
      line.add(range).to(BYTES_END + 36).add(mapping.permissions(), Style.FAINT).add("  ");
    } else {
      line.add(range.substring(0, range.indexOf('-'))).add("  ");
    }
    line.fit(page.width(), mapping.account(), mapping.account().equals("unexplained") ? Style.RED : Style.CYAN)
        .add("  ");
    line.fit(page.width(), mapping.name().equals(mapping.file()) ? "" : mapping.name() + " ", Style.PLAIN)
        .fitPath(page.width(), mapping.file(), Style.FAINT);
  }

  static void threads(Page page, List<ThreadLine> threads) {
    if (threads.isEmpty()) {
      return;
    }
    page.heading("THREADS", Count.of(threads.size(), "stack") + ", biggest first");
    threads.stream().sorted(Comparator.comparingLong(ThreadLine::residentBytes).reversed())
        .forEach(thread -> thread(page, thread));
  }

  private static void thread(Page page, ThreadLine thread) {
    Line line = page.line().right(BYTES_END, page.bytes(thread.residentBytes()), Style.PLAIN).add("  ");
    if (page.isNarrow()) {
      line.fit(page.width(), thread.name(), Style.PLAIN);
      return;
    }
    line.right(BYTES_END + 13, "of " + page.bytes(thread.stack().bytes()), Style.FAINT).add("  tid ", Style.FAINT)
        .add(Long.toString(thread.tid())).to(BYTES_END + 28);
    line.fit(page.width() - Math.min(20, Columns.of(thread.sort())) - 2, thread.name(), Style.PLAIN).add("  ")
        .fit(page.width(), thread.sort(), Style.FAINT);
  }
}
