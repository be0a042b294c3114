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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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
    page.heading("THREADS", Count.of(threads.size(), "stack") + ", biggest first"
        + (page.showsAll() ? "" : "; # stands for numbers, --all lists each"));
    if (page.showsAll()) {
      threads.stream().sorted(Comparator.comparingLong(ThreadLine::residentBytes).reversed())
          .forEach(thread -> thread(page, thread));
      return;
    }
    Map<String, List<ThreadLine>> pools = threads.stream()
        .collect(Collectors.groupingBy(thread -> thread.name().replaceAll("[0-9]+", "#"), LinkedHashMap::new,
            Collectors.toList()));
    pools.entrySet().stream()
        .sorted(Comparator.comparingLong((Map.Entry<String, List<ThreadLine>> pool) -> resident(pool.getValue()))
            .reversed())
        .forEach(pool -> {
          if (pool.getValue().size() == 1) {
            thread(page, pool.getValue().getFirst());
          } else {
            pool(page, pool.getKey(), pool.getValue());
          }
        });
  }

  private static long resident(List<ThreadLine> threads) {
    return threads.stream().mapToLong(ThreadLine::residentBytes).sum();
  }

  /** Threads whose names differ in their numbers only. */
  private static void pool(Page page, String pattern, List<ThreadLine> threads) {
    Line line = page.line().right(BYTES_END, page.bytes(resident(threads)), Style.PLAIN).add("  ");
    if (!page.isNarrow()) {
      long reserved = threads.stream().mapToLong(thread -> thread.stack().bytes()).sum();
      line.right(BYTES_END + 13, "of " + page.bytes(reserved), Style.FAINT).to(BYTES_END + 15);
    }
    line.add(Count.of(threads.size(), "thread"), Style.BOLD).to(page.isNarrow() ? 0 : BYTES_END + 28).add("  ")
        .fit(page.width(), pattern, Style.PLAIN)
        .fit(page.width(), "  " + threads.getFirst().sort(), Style.FAINT);
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
