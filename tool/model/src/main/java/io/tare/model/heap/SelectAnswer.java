package io.tare.model.heap;

import java.util.List;

/**
 * What a query found.
 *
 * @param rows one value for each column
 * @param found how many rows there are, listed or not
 * @param notes what one should know about the answer, in sentences
 */
public record SelectAnswer(
    String query, List<String> columns, List<List<HeapValue>> rows, long found, List<String> notes) {
  public SelectAnswer {
    columns = List.copyOf(columns);
    notes = List.copyOf(notes);
    rows = rows.stream().map(List::copyOf).toList();
  }

  public long rowsLeftOut() {
    return Math.max(0, found - rows.size());
  }
}
