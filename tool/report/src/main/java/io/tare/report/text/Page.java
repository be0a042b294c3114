package io.tare.report.text;

import io.tare.report.TextOptions;
import io.tare.report.words.Columns;
import io.tare.report.words.Units;
import io.tare.report.words.Wrap;
import java.util.ArrayList;
import java.util.List;

/** The paper that a report is set on: so many columns, with or without colour and Unicode. */
final class Page {
  private static final int NARROW_BELOW = 80;
  // Longer lines of prose are hard to read, however wide the terminal is.
  private static final int PROSE = 110;

  private final TextOptions options;
  private final Letters letters;
  private final List<Line> lines = new ArrayList<>();

  Page(TextOptions options) {
    this.options = options;
    letters = options.unicode() ? Letters.UNICODE : Letters.ASCII;
  }

  int width() {
    return options.width();
  }

  boolean isNarrow() {
    return width() < NARROW_BELOW;
  }

  boolean showsAll() {
    return options.all();
  }

  boolean showsThreads() {
    return options.threads();
  }

  Letters letters() {
    return letters;
  }

  Units units() {
    return options.units();
  }

  String bytes(long bytes) {
    return options.units().format(bytes);
  }

  /** A new line at the end of the page. */
  Line line() {
    Line line = new Line(letters);
    lines.add(line);
    return line;
  }

  void blank() {
    line();
  }

  /** The heading of a part, with a word beside it that says what the part answers. */
  void heading(String title, String beside) {
    blank();
    line().add(title, Style.BOLD).add(beside.isEmpty() ? "" : "  ").fit(width(), beside, Style.FAINT);
  }

  /** Prose, wrapped and indented. */
  void prose(int indent, String text, Style style) {
    prose(" ".repeat(indent), text, style);
  }

  /** Prose after a first piece of text; the lines that follow are indented by its width. */
  void prose(String first, String text, Style style) {
    int indent = Columns.of(letters.clean(first));
    int columns = Math.max(8, Math.min(width(), PROSE) - indent);
    String lead = first;
    for (String wrapped : Wrap.at(columns, letters.clean(text))) {
      line().add(lead).to(indent).add(wrapped, style);
      lead = "";
    }
  }

  String print() {
    StringBuilder out = new StringBuilder();
    lines.forEach(line -> line.print(out, width(), options.colour()));
    return out.toString();
  }
}
