package io.tare.report.heap;

import io.tare.model.heap.HeapValue;
import io.tare.model.heap.SelectAnswer;
import io.tare.report.look.Columns;
import io.tare.report.look.Count;
import io.tare.report.look.Page;
import io.tare.report.look.Page.Line;
import io.tare.report.look.Style;
import io.tare.report.look.TextOptions;
import java.util.List;

/** What a query found, as a table. The last column is cut to the page, the others to what fits beside it; in a file all keep
 * their text. */
final class SelectText {
  private static final int GAP = 2;
  private static final int NARROWEST = 8;

  private final Page page;
  private final SelectAnswer answer;
  private final int[] widths;
  private final boolean[] numbers;
  private final boolean whole;

  private SelectText(SelectAnswer answer, TextOptions options, boolean whole) {
    this.page = new Page(options);
    this.whole = whole;
    this.answer = answer;
    this.widths = new int[answer.columns().size()];
    this.numbers = new boolean[widths.length];
    for (int column = 0; column < widths.length; column++) {
      measure(column);
    }
    if (!whole) {
      squeeze();
    }
  }

  static String render(SelectAnswer answer, TextOptions options, boolean whole) {
    return new SelectText(answer, options, whole).print();
  }

  private void measure(int column) {
    widths[column] = Columns.of(page.letters().clean(answer.columns().get(column)));
    numbers[column] = true;
    for (List<HeapValue> row : answer.rows()) {
      HeapValue value = row.get(column);
      widths[column] = Math.max(widths[column], Columns.of(page.letters().clean(HeapWords.value(value))));
      numbers[column] &= value instanceof HeapValue.Whole || value instanceof HeapValue.Decimal
          || value instanceof HeapValue.Nothing;
    }
  }

  /** Takes from the widest column until all fit. */
  private void squeeze() {
    int room = page.width() - GAP * (widths.length - 1);
    for (int total = total(); total > room; total = total()) {
      int widest = 0;
      for (int column = 1; column < widths.length; column++) {
        widest = widths[column] > widths[widest] ? column : widest;
      }
      if (widths[widest] <= NARROWEST) {
        return;
      }
      widths[widest] = Math.max(NARROWEST, widths[widest] - (total - room));
      if (total() < room) {
        widths[widest] += Math.min(room - total(), widths[widest]);
      }
    }
  }

  private int total() {
    int total = 0;
    for (int width : widths) {
      total += width;
    }
    return total;
  }

  private String print() {
    row(answer.columns(), Style.BOLD);
    answer.rows().forEach(row -> row(row.stream().map(HeapWords::value).toList(), Style.PLAIN));
    page.blank();
    page.line().add(Count.of(answer.found(), "row")
        + (answer.rowsLeftOut() > 0
            ? ", of which " + Count.grouped(answer.rows().size()) + " are listed; LIMIT lists more"
            : ""),
        Style.FAINT);
    answer.notes().forEach(note -> page.prose("", note, Style.YELLOW));
    return whole ? page.printWhole() : page.print();
  }

  private void row(List<String> cells, Style style) {
    Line line = page.line();
    int at = 0;
    for (int column = 0; column < cells.size(); column++) {
      int end = at + widths[column];
      if (numbers[column]) {
        line.right(end, cells.get(column), style);
      } else {
        line.to(at).fit(end, cells.get(column), style);
      }
      at = end + GAP;
    }
  }
}
