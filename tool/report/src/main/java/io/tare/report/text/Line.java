package io.tare.report.text;

import io.tare.report.words.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** One line of output while it is being set: pieces of clean text, each with its style, and the columns that they take. */
final class Line {
  private final Letters letters;
  private final List<Piece> pieces = new ArrayList<>();
  private int width;

  private record Piece(String text, Style style) {}

  Line(Letters letters) {
    this.letters = letters;
  }

  Line add(String text) {
    return add(text, Style.PLAIN);
  }

  Line add(String text, Style style) {
    String clean = letters.clean(text);
    pieces.add(new Piece(clean, style));
    width += Columns.of(clean);
    return this;
  }

  /** Spaces up to the column; none when the line is already there. */
  Line to(int column) {
    return add(" ".repeat(Math.max(0, column - width)));
  }

  /** The text so that it ends at the column. */
  Line right(int column, String text, Style style) {
    return to(column - Columns.of(letters.clean(text))).add(text, style);
  }

  /** As much of the text's start as fits before the column. */
  Line fit(int column, String text, Style style) {
    return add(Columns.keepStart(letters.clean(text), Math.max(0, column - width), letters.signs().cut()), style);
  }

  /** As much of a path's end as fits before the column. */
  Line fitPath(int column, String text, Style style) {
    return add(Columns.keepPathEnd(letters.clean(text), Math.max(0, column - width), letters.signs().cut()), style);
  }

  int width() {
    return width;
  }

  /** What stands on the line, without styles. */
  String text() {
    return pieces.stream().map(Piece::text).collect(Collectors.joining());
  }

  /** Prints what fits; a line never runs over the edge of the page, nor ends in spaces. */
  void print(StringBuilder out, int columns, boolean colour) {
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
