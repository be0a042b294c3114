package io.tare.report.look;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The paper that a report is set on: so many columns, with or without colour and Unicode. */
public final class Page {
  private static final int NARROW_BELOW = 80;
  // Longer lines of prose are hard to read, however wide the terminal is.
  private static final int PROSE = 110;

  private final TextOptions options;
  private final Letters letters;
  private final List<Line> lines = new ArrayList<>();

  public Page(TextOptions options) {
    this.options = options;
    letters = options.unicode() ? Letters.UNICODE : Letters.ASCII;
  }

  public int width() {
    return options.width();
  }

  public boolean isNarrow() {
    return width() < NARROW_BELOW;
  }

  public boolean showsAll() {
    return options.all();
  }

  public boolean showsThreads() {
    return options.threads();
  }

  /** How many times as much as the input this is; empty where no input is known. */
  public String times(long bytes) {
    return options.input().isEmpty() ? "" : letters.clean(Count.times(bytes, options.input().getAsLong()));
  }

  public OptionalLong input() {
    return options.input();
  }

  public Letters letters() {
    return letters;
  }

  public Units units() {
    return options.units();
  }

  public String bytes(long bytes) {
    return options.units().format(bytes);
  }

  /** {@code -} for what is not known. */
  public String bytes(OptionalLong bytes) {
    return options.units().format(bytes);
  }

  /** All of a list where all was asked for, else its beginning. */
  public <T> List<T> shown(List<T> all, int few) {
    return showsAll() ? all : all.subList(0, Math.min(few, all.size()));
  }

  /** A line that is not on the page: it is set to stand before prose. */
  public Line detached() {
    return new Line(letters);
  }

  /** A new line at the end of the page. */
  public Line line() {
    Line line = new Line(letters);
    lines.add(line);
    return line;
  }

  public void blank() {
    line();
  }

  /** The heading of a part, with a word beside it that says what the part answers. */
  public void heading(String title, String beside) {
    blank();
    line().add(title, Style.BOLD).add(beside.isEmpty() ? "" : "  ").fit(width(), beside, Style.FAINT);
  }

  /** Prose, wrapped and indented. */
  public void prose(int indent, String text, Style style) {
    prose(" ".repeat(indent), text, style);
  }

  /** Prose after a first piece of text; the lines that follow are indented by its width. */
  public void prose(String first, String text, Style style) {
    int indent = Columns.of(letters.clean(first));
    int columns = Math.max(8, Math.min(width(), PROSE) - indent);
    String lead = first;
    for (String wrapped : Columns.wrap(columns, letters.clean(text))) {
      line().add(lead).to(indent).add(wrapped, style);
      lead = "";
    }
  }

  public String print() {
    return print(width());
  }

  /** With every line as long as it is: for a file or a program. */
  public String printWhole() {
    return print(Integer.MAX_VALUE);
  }

  private String print(int columns) {
    StringBuilder out = new StringBuilder();
    lines.forEach(line -> line.print(out, columns, options.colour()));
    return out.toString();
  }

  /** One line of output while it is being set: pieces of clean text, each with its style, and the columns that they take. */
  public static final class Line {
    private final Letters letters;
    private final List<Piece> pieces = new ArrayList<>();
    private int width;

    private record Piece(String text, Style style) {}

    private Line(Letters letters) {
      this.letters = letters;
    }

    public Line add(String text) {
      return add(text, Style.PLAIN);
    }

    public Line add(String text, Style style) {
      String clean = letters.clean(text);
      pieces.add(new Piece(clean, style));
      width += Columns.of(clean);
      return this;
    }

    /** Spaces up to the column; none when the line is already there. */
    public Line to(int column) {
      return add(" ".repeat(Math.max(0, column - width)));
    }

    /** The text so that it ends at the column. */
    public Line right(int column, String text, Style style) {
      return to(column - Columns.of(letters.clean(text))).add(text, style);
    }

    /** As much of the text's start as fits before the column. */
    public Line fit(int column, String text, Style style) {
      return add(Columns.keepStart(letters.clean(text), Math.max(0, column - width), letters.signs().cut()), style);
    }

    /** As many of the text's words as fit before the column. */
    public Line fitWords(int column, String text, Style style) {
      return add(Columns.keepWords(letters.clean(text), Math.max(0, column - width), letters.signs().cut()), style);
    }

    /** As much of a path's end as fits before the column. */
    public Line fitPath(int column, String text, Style style) {
      return add(Columns.keepPathEnd(letters.clean(text), Math.max(0, column - width), letters.signs().cut()), style);
    }

    public int width() {
      return width;
    }

    /** What stands on the line, without styles. */
    public String text() {
      return pieces.stream().map(Piece::text).collect(Collectors.joining());
    }

    /** Prints what fits; a line never runs over the edge of the page, nor ends in spaces. */
    private void print(StringBuilder out, int columns, boolean colour) {
      int start = out.length();
      int room = columns;
      for (Piece piece : pieces) {
        String text = Columns.keepStart(piece.text(), room, letters.signs().cut());
        out.append(colour ? piece.style().paint(text) : text);
        room -= Columns.of(text);
      }
      int end = out.length();
      while (end > start && out.charAt(end - 1) == ' ') {
        end--;
      }
      out.setLength(end);
      out.append('\n');
    }
  }
}
