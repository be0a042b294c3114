package io.tare.report.heap;

import io.tare.model.heap.HeapCollections;
import io.tare.model.heap.HeapCollections.CollectionLine;
import io.tare.model.heap.HeapHistogram;
import io.tare.model.heap.HeapValue;
import io.tare.model.heap.SelectAnswer;
import io.tare.report.look.Clean;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Tables of a heap dump as RFC 4180 has them: a line of names, lines that end in CR LF. Null is an empty cell, an empty text a quoted one;
 * an object is its address, for that is what other questions take.
 */
final class HeapCsv {
  private static final String END = "\r\n";

  private HeapCsv() {}

  static String render(SelectAnswer answer) {
    StringBuilder csv = new StringBuilder(line(answer.columns().stream().map(HeapCsv::quoted).toList()));
    answer.rows().forEach(row -> csv.append(line(row.stream().map(HeapCsv::cell).toList())));
    return csv.toString();
  }

  static String render(HeapHistogram histogram) {
    StringBuilder csv = new StringBuilder(line(List.of("class", "objects", "shallowBytes")));
    histogram.lines().forEach(one -> csv.append(line(
        List.of(quoted(one.name()), Long.toString(one.objects()), Long.toString(one.shallowBytes())))));
    return csv.toString();
  }

  static String render(HeapCollections collections) {
    StringBuilder csv = new StringBuilder(line(CollectionsJson.columns()));
    for (CollectionLine one : collections.lines()) {
      List<String> cells = new ArrayList<>(List.of(quoted(one.className())));
      cells.addAll(CollectionsJson.cells(one));
      csv.append(line(cells));
    }
    return csv.toString();
  }

  private static String line(List<String> cells) {
    return String.join(",", cells) + END;
  }

  private static String cell(HeapValue value) {
    return switch (value) {
      case HeapValue.Nothing _ -> "";
      case HeapValue.Text text -> text.text().isEmpty() ? "\"\"" : quoted(text.text());
      case HeapValue.Reference reference -> HeapWords.address(reference.address());
      case HeapValue.Many many -> quoted(many.values().stream().map(HeapCsv::cell).collect(Collectors.joining(" "))
          + (many.count() > many.values().size() ? " …" : ""));
      default -> HeapWords.value(value);
    };
  }

  /** A spreadsheet would compute what begins like a formula, and the text comes from the dump: an apostrophe makes it a text. */
  private static String quoted(String text) {
    String clean = Clean.lines(text);
    String safe = !clean.isEmpty() && "=+-@\t".indexOf(clean.charAt(0)) >= 0 ? "'" + clean : clean;
    boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n');
    return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }
}
