package io.tare.report.ledger;

import io.tare.model.ledger.Confidence;
import io.tare.model.ledger.Ledger;
import io.tare.report.look.Columns;
import io.tare.report.look.Count;
import io.tare.report.look.Page;
import io.tare.report.look.Page.Line;
import io.tare.report.look.Style;
import java.util.List;

/** The ledger: every resident byte and its owner, biggest first; the unexplained always has a line of its own. */
final class LedgerTable {
  private static final int BYTES_END = 11;
  private static final int PERCENT_END = 20;
  private static final int TIMES_WIDTH = 9;
  private static final int KIND_WIDTH = 12;
  private static final int LONGEST_LABEL = 100;
  // Below this the ids would leave too little room for what they stand for.
  private static final int IDS_FROM = 110;

  private final Page page;
  private final long whole;
  private final int bar;
  /** Where numbers end and the rest of a line begins. */
  private final int numbersEnd;
  private final int labelEnd;

  private LedgerTable(Page page, Ledger ledger, List<LedgerRows.Row> rows) {
    this.page = page;
    whole = ledger.residentBytes();
    bar = page.isNarrow() ? 0 : page.width() < 100 ? 8 : 16;
    numbersEnd = PERCENT_END + (page.input().isPresent() ? TIMES_WIDTH : 0);
    labelEnd = labelEnd(rows);
  }

  /** @param ofCore whether it is of a core file, which holds what need not have been resident */
  static void write(Page page, Ledger ledger, boolean ofCore) {
    List<LedgerRows.Row> rows = page.showsAll() ? LedgerRows.all(ledger) : LedgerRows.notable(ledger);
    LedgerTable part = new LedgerTable(page, ledger, rows);
    page.heading("LEDGER", (ofCore ? "every byte that the file holds" : "every resident byte") + " and its owner"
        + (page.input().isPresent() ? "; \u00d7 is of " + page.bytes(page.input()) + " of input" : ""));
    rows.forEach(part::row);
    part.row(LedgerRows.Row.unexplained(ledger.unexplainedBytes()));
    page.line().add("  ").add(page.letters().signs().rule().repeat(part.numbersEnd - 2), Style.FAINT);
    page.line().right(BYTES_END, page.bytes(part.whole), Style.BOLD)
        .right(PERCENT_END, Count.percent(part.whole, part.whole), Style.PLAIN)
        .right(part.numbersEnd, page.times(part.whole), Style.PLAIN).add("  ").add(ofCore ? "held" : "RSS", Style.BOLD);
    part.legend(rows);
  }

  // Ids line up right behind the longest label, as far as the page allows.
  private int labelEnd(List<LedgerRows.Row> rows) {
    if (page.width() < IDS_FROM) {
      return page.width();
    }
    int idWidth = rows.stream().mapToInt(row -> Columns.of(row.id())).max().orElse(0);
    int label = rows.stream().mapToInt(row -> Columns.of(page.letters().clean(row.label()))).max().orElse(0);
    int labelStart = numbersEnd + 2 + bar + 2 + KIND_WIDTH;
    return Math.min(labelStart + Math.min(Math.max(label, 20), LONGEST_LABEL), page.width() - idWidth - 2);
  }

  private void row(LedgerRows.Row row) {
    Style style = Style.of(row.kind());
    Line line = page.line().add(mark(row)).right(BYTES_END, page.bytes(row.bytes()), Style.PLAIN)
        .right(PERCENT_END, Count.percent(row.bytes(), whole), Style.PLAIN)
        .right(numbersEnd, page.times(row.bytes()), Style.PLAIN).add("  ");
    if (page.isNarrow()) {
      narrow(line, row, style);
      return;
    }
    line.add(page.letters().bar(Count.share(row.bytes(), whole), bar), style).to(numbersEnd + 2 + bar + 2)
        .add(row.kind().label(), style).to(numbersEnd + 2 + bar + 2 + KIND_WIDTH);
    label(line, row, labelEnd);
    if (page.width() >= IDS_FROM) {
      line.to(labelEnd + 2).add(row.id(), Style.FAINT);
    }
    evidence(row);
  }

  private void evidence(LedgerRows.Row row) {
    if (page.showsAll() && !row.evidence().isEmpty()) {
      String id = page.width() < IDS_FROM ? row.id() + ": " : "";
      page.prose(numbersEnd + 2 + bar + 2 + KIND_WIDTH, id + row.evidence(), Style.FAINT);
    }
  }

  private void narrow(Line line, LedgerRows.Row row, Style style) {
    String kind = row.kind().label();
    label(line, row, page.width() - kind.length() - 1);
    line.right(page.width(), kind, style);
  }

  private void label(Line line, LedgerRows.Row row, int end) {
    if (row.name().isEmpty()) {
      line.fitWords(end, row.title(), Style.PLAIN);
      return;
    }
    line.fit(end, row.title() + ": ", Style.PLAIN);
    if (row.name().contains("/") && !row.name().contains(", ")) {
      line.fitPath(end, row.name(), Style.PLAIN);
    } else {
      line.fitWords(end, row.name(), Style.PLAIN);
    }
  }

  private static String mark(LedgerRows.Row row) {
    return row.confidence() == Confidence.INFERRED ? " ~" : "  ";
  }

  private void legend(List<LedgerRows.Row> rows) {
    if (rows.stream().anyMatch(row -> row.confidence() == Confidence.INFERRED)) {
      page.prose(2, "~ inferred from a pattern; everything else is measured or derived", Style.FAINT);
    }
  }
}
