package io.tare.report.words;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Breaks a text into lines at spaces, but not between a number and its unit; a word that is longer than a line is broken inside. */
public final class Wrap {
  private static final Pattern GAP = Pattern.compile(" (?!(?:%|[KMGT]?B)(?!\\p{L}))");

  private Wrap() {}

  public static List<String> at(int columns, String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : GAP.split(text.strip())) {
      if (word.isEmpty()) {
        continue;
      }
      if (!line.isEmpty() && Columns.of(line.toString()) + 1 + Columns.of(word) > columns) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
      breakInside(line, columns, lines);
    }
    lines.add(line.toString());
    return lines;
  }

  private static void breakInside(StringBuilder line, int columns, List<String> lines) {
    while (Columns.of(line.toString()) > columns) {
      String head = Columns.prefix(line.toString(), columns);
      if (head.isEmpty()) {
        return;
      }
      lines.add(head);
      line.delete(0, head.length());
    }
  }
}
