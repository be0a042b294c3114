package io.tare.report.difference;

import io.tare.model.history.Difference.Line;
import io.tare.model.history.Investigation;
import io.tare.model.history.Investigation.Stage;
import io.tare.report.difference.InvestigationWords.Column;
import io.tare.report.look.Clean;
import io.tare.report.look.Count;
import io.tare.report.look.Units;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Several weighings in a row, as a document in Markdown. Whatever a target calls itself stays text: no markup comes from it. */
public final class InvestigationMarkdown {
  /** Points, signs and round brackets stay as they are: they mean nothing inside of a line, where no square ones are. */
  private static final String MARKUP = "\\`*_{}[]<>#!|~&";

  private final StringBuilder out = new StringBuilder();
  private final Investigation investigation;
  private final InvestigationWords words;

  private InvestigationMarkdown(Investigation investigation, Units units) {
    this.investigation = investigation;
    words = new InvestigationWords(investigation, units);
  }

  public static String render(Investigation investigation, Units units) {
    return new InvestigationMarkdown(investigation, units).print();
  }

  private String print() {
    out.append("# ").append(text(words.title())).append("\n\n").append(text(words.headline())).append("\n\n");
    List<Column> columns = words.columns();
    head(Stream.concat(Stream.of("", "stage"), columns.stream().map(Column::title)).toList());
    for (int i = 0; i < investigation.stages().size(); i++) {
      Stage stage = investigation.stages().get(i);
      row(Stream.concat(Stream.of(InvestigationWords.letter(i), stage.name()),
          columns.stream().map(column -> column.cell().apply(stage))).toList());
    }
    for (int i = 0; i < investigation.stages().size(); i++) {
      stage(i, investigation.stages().get(i));
    }
    investigation.notes().forEach(note -> out.append("\nNote: ").append(text(note)).append('\n'));
    return out.toString();
  }

  private void stage(int index, Stage stage) {
    out.append("\n## ").append(InvestigationWords.letter(index)).append(". ").append(text(stage.name()))
        .append("\n\n");
    if (index > 0) {
      out.append("**Returned**, held against ").append(text(words.heldAgainst(index))).append(": ")
          .append(text(words.returned(stage))).append("\n\n");
    }
    List<Line> moved = InvestigationWords.moved(stage);
    if (!moved.isEmpty()) {
      head(List.of("account", "before", "after", "change"));
      moved.forEach(line -> row(List.of(line.id(), words.level(line, line.before()), words.level(line, line.after()),
          words.change(line))));
      out.append('\n');
    }
    InvestigationWords.price(stage).forEach(price -> out.append(text(price)).append("\n\n"));
    String left = InvestigationWords.left(stage).stream()
        .map(one -> text(one.title()) + " " + text(words.left(one))).collect(Collectors.joining("; "));
    out.append("**Left**: ").append(left.isEmpty() ? words.unknown() : left).append(".\n");
    if (stage.runs() > 1) {
      out.append("\nMedian of ").append(Count.of(stage.runs(), "run")).append(".\n");
    }
  }

  private void head(List<String> titles) {
    row(titles);
    row(titles.stream().map(title -> title.isEmpty() || title.equals("stage") || title.equals("account") ? ":--" : "--:")
        .toList(), false);
  }

  private void row(List<String> cells) {
    row(cells, true);
  }

  private void row(List<String> cells, boolean isText) {
    out.append(cells.stream().map(cell -> isText ? text(cell) : cell).collect(Collectors.joining(" | ", "| ", " |\n")));
  }

  private static String text(String raw) {
    StringBuilder safe = new StringBuilder();
    Clean.line(raw).codePoints().forEach(point -> {
      if (MARKUP.indexOf(point) >= 0) {
        safe.append('\\');
      }
      safe.appendCodePoint(point);
    });
    return safe.toString();
  }
}
