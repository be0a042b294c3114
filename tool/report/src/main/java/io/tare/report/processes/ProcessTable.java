package io.tare.report.processes;

import io.tare.model.report.ProcessLine;
import io.tare.report.look.Columns;
import io.tare.report.look.Page;
import io.tare.report.look.Page.Line;
import io.tare.report.look.Style;
import io.tare.report.look.TextOptions;
import java.util.List;

/** Every process at a glance: gross, net, tare, limit, runtime. */
public final class ProcessTable {
  private static final int BYTES = 9;
  private static final int LONGEST_RUNTIME = 14;
  private static final int LONGEST_USER = 12;
  private static final int SHORTEST_NOTE = 12;
  private static final int LIMIT_FROM = 70;

  private final Page page;
  private final int pidEnd;
  private final int userWidth;
  private final int runtimeWidth;
  private final int netWidth;
  private final int tareWidth;

  private ProcessTable(Page page, List<ProcessLine> processes) {
    this.page = page;
    netWidth = Math.max(BYTES, processes.stream().mapToInt(p -> Columns.of(net(p))).max().orElse(0));
    tareWidth = Math.max(BYTES, processes.stream().mapToInt(p -> Columns.of(tare(p))).max().orElse(0));
    pidEnd = Math.max(3, processes.stream().mapToInt(p -> Long.toString(p.pid()).length()).max().orElse(0));
    userWidth = page.isNarrow() ? 0 : widest(processes.stream().map(p -> p.user().orElse("")).toList(), LONGEST_USER);
    runtimeWidth = page.isNarrow() ? 0 : widest(processes.stream().map(ProcessLine::runtime).toList(), LONGEST_RUNTIME);
  }

  /** The processes in the order given. */
  public static String render(List<ProcessLine> processes, TextOptions options) {
    Page page = new Page(options);
    ProcessTable table = new ProcessTable(page, processes);
    table.heading();
    processes.forEach(table::row);
    return page.print();
  }

  private static int widest(List<String> texts, int most) {
    return Math.min(most, Math.max(7, texts.stream().mapToInt(Columns::of).max().orElse(0)));
  }

  private boolean hasLimit() {
    return page.width() >= LIMIT_FROM + netWidth + tareWidth - 2 * BYTES;
  }

  private void heading() {
    Line line = page.line().right(pidEnd, "PID", Style.BOLD);
    cell(line, "GROSS", BYTES, Style.BOLD);
    cell(line, "NET", netWidth, Style.BOLD);
    cell(line, "TARE", tareWidth, Style.BOLD);
    if (hasLimit()) {
      cell(line, "LIMIT", BYTES, Style.BOLD);
    }
    line.add("  ");
    if (!page.isNarrow()) {
      column(line, "RUNTIME", runtimeWidth, Style.BOLD);
      column(line, "USER", userWidth, Style.BOLD);
    }
    line.add("NAME", Style.BOLD);
  }

  private void row(ProcessLine process) {
    Line line = page.line().right(pidEnd, Long.toString(process.pid()), Style.PLAIN);
    cell(line, page.bytes(process.rssBytes()), BYTES, Style.PLAIN);
    cell(line, net(process), netWidth, Style.GREEN);
    cell(line, tare(process), tareWidth, Style.YELLOW);
    if (hasLimit()) {
      cell(line, page.bytes(process.limitBytes()), BYTES, Style.PLAIN);
    }
    line.add("  ");
    if (!page.isNarrow()) {
      column(line, process.runtime(), runtimeWidth, Style.CYAN);
      column(line, process.user().orElse(""), userWidth, Style.PLAIN);
    }
    line.fit(page.width(), process.name(), Style.BOLD);
    if (!process.note().isBlank() && line.width() + SHORTEST_NOTE <= page.width()) {
      line.fit(page.width(), "  " + process.note(), Style.FAINT);
    }
  }

  /** As a report says it: {@code 4.20 MB}, {@code ≤ 31.0 MB}, {@code 4.20 MB to 31.0 MB}. */
  private String net(ProcessLine process) {
    return process.net().map(page.units()::format).orElse("-");
  }

  private String tare(ProcessLine process) {
    return process.rssBytes().isEmpty()
        ? "-"
        : process.net().map(net -> page.units().formatRest(net, process.rssBytes().getAsLong())).orElse("-");
  }

  private static void cell(Line line, String text, int width, Style style) {
    line.right(line.width() + 1 + width, text, style);
  }

  private static void column(Line line, String text, int width, Style style) {
    int end = line.width() + width;
    line.fit(end, text, style).to(end + 2);
  }
}
