package io.tare.report.words;

import java.util.ArrayList;
import java.util.List;

/** Breaks a text into lines at spaces; a word that is longer than a line is broken inside. */
public final class Wrap {
  private Wrap() {}

  public static List<String> at(int columns, String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.strip().split(" +")) {
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
