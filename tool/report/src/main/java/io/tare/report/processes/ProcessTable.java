package io.tare.report.processes;

import io.tare.model.report.ProcessLine;
import io.tare.report.look.Columns;
import io.tare.report.look.Page;
import io.tare.report.look.Page.Line;
import io.tare.report.look.Style;
import io.tare.report.look.TextOptions;
import java.util.List;
import java.util.OptionalLong;

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

  private ProcessTable(Page page, List<ProcessLine> processes) {
    this.page = page;
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
    return page.width() >= LIMIT_FROM;
  }

  private void heading() {
    Line line = page.line().right(pidEnd, "PID", Style.BOLD);
    for (String title : hasLimit() ? List.of("GROSS", "NET", "TARE", "LIMIT") : List.of("GROSS", "NET", "TARE")) {
      line.right(line.width() + 1 + BYTES, title, Style.BOLD);
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
    bytes(line, process.rssBytes(), Style.PLAIN);
    bytes(line, process.netBytes(), Style.GREEN);
    bytes(line, process.tareBytes(), Style.YELLOW);
    if (hasLimit()) {
      bytes(line, process.limitBytes(), Style.PLAIN);
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

  private void bytes(Line line, OptionalLong bytes, Style style) {
    line.right(line.width() + 1 + BYTES, page.bytes(bytes), style);
  }

  private static void column(Line line, String text, int width, Style style) {
    int end = line.width() + width;
    line.fit(end, text, style).to(end + 2);
  }
}
