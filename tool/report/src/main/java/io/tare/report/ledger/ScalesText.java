package io.tare.report.ledger;

import io.tare.model.report.Scales;
import io.tare.report.look.Count;
import io.tare.report.look.Page;
import io.tare.report.look.Page.Line;
import io.tare.report.look.Style;
import java.util.List;

/** The scales side by side, the limit across them, and each difference by itself. */
final class ScalesText {
  private static final int NAME_END = 17;
  private static final int BYTES_END = 26;

  private final Page page;
  private final List<ScaleRow> rows;
  private final long axis;
  private final int bar;

  private ScalesText(Page page, Scales scales) {
    this.page = page;
    rows = ScaleRow.of(scales);
    axis = ScaleRow.axisBytes(rows);
    bar = page.isNarrow() ? page.width() - BYTES_END - 3 : page.width() < 110 ? 14 : 34;
  }

  static void write(Page page, Scales scales) {
    page.heading("SCALES", "which number ends this process?");
    if (!scales.killer().isBlank()) {
      page.prose(2, scales.killer(), Style.PLAIN);
    }
    ScalesText part = new ScalesText(page, scales);
    part.rows.forEach(part::row);
    scales.group().ifPresent(part::group);
    ScaleRow.StepGroup.of(scales.steps()).forEach(part::steps);
  }

  private void row(ScaleRow row) {
    boolean isPart = row.sort() == ScaleRow.Sort.PART;
    Style style = isPart ? Style.FAINT : Style.PLAIN;
    Line line = page.line().add(isPart ? "    " : "  ").fit(NAME_END, row.name(), style).right(BYTES_END,
        page.bytes(row.bytes()), style);
    line.to(BYTES_END + 2);
    drawBar(line, row);
    if (!page.isNarrow()) {
      line.to(BYTES_END + 2 + bar + 2).fit(page.width(), row.meaning(), Style.FAINT);
    }
  }

  private void drawBar(Line line, ScaleRow row) {
    String bars = page.letters().bar(Count.share(row.bytes(), axis), bar - 1);
    switch (row.sort()) {
      case WEIGHT -> line.add(bars);
      case PART -> line.add(bars, Style.FAINT);
      case LIMIT -> limit(line, row);
      case ROOM -> {
      }
    }
  }

  private void limit(Line line, ScaleRow row) {
    if (row.bytes() > axis) {
      line.add("(far beyond the bars)", Style.FAINT);
      return;
    }
    int columns = (int) Math.round(Count.share(row.bytes(), axis) * (bar - 1));
    line.add(page.letters().signs().rule().repeat(columns) + page.letters().signs().limit(), Style.RED);
  }

  private void group(Scales.Group group) {
    page.prose("  group: ", ScaleRow.groupWords(group), Style.FAINT);
    group.oomKills().ifPresent(kills -> {
      if (kills > 0) {
        page.prose(2, "The kernel has already killed here for want of memory: " + Count.of(kills, "time") + ".",
            Style.RED);
      }
    });
    if (!group.others().isEmpty()) {
      page.prose("  also charged here: ", String.join(", ", group.others()), Style.FAINT);
    }
  }

  private void steps(ScaleRow.StepGroup group) {
    page.blank();
    page.line().add("  From ").add(group.from(), Style.BOLD).add(" to ").add(group.to(), Style.BOLD);
    end(group.from(), "  ");
    for (ScaleRow.StepGroup.Line step : group.lines()) {
      page.line().add(step.isMinus() ? "    - " : "    + ").right(16, page.bytes(step.bytes()), Style.PLAIN).add("  ")
          .fit(page.width(), step.what(), Style.PLAIN);
    }
    end(group.to(), "= ");
  }

  private void end(String name, String sign) {
    ScaleRow.named(rows, name).ifPresent(row -> page.line().add("    " + sign)
        .right(16, page.bytes(row.bytes()), Style.PLAIN).add("  ").add(row.name(), Style.FAINT));
  }
}
