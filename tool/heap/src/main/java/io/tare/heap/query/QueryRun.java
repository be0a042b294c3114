package io.tare.heap.query;

import io.tare.heap.answers.HeapView;
import io.tare.model.heap.HeapValue;
import io.tare.model.heap.SelectAnswer;
import java.util.ArrayList;
import java.util.List;

/** Answers a query from an analysed dump. */
public final class QueryRun {
  /** So many rows are listed when the query sets no limit. */
  public static final int USUAL_ROWS = 1000;

  private QueryRun() {}

  /**
   * The answer.
   *
   * @param unreachableToo whether to look at what no root reaches as well
   */
  public static SelectAnswer run(Query query, HeapView view, boolean unreachableToo) throws QueryError {
    List<List<HeapValue>> rows = new ArrayList<>();
    List<String> columns = List.of();
    List<String> notes = new ArrayList<>();
    long found = 0;
    try {
      for (Query.Select select : query.selects()) {
        SelectRun run = new SelectRun(select, view, unreachableToo);
        if (!columns.isEmpty() && columns.size() != run.columnNames().size()) {
          throw new QueryError(select.source().at(),
              "all parts of a UNION have the same number of columns: " + columns.size());
        }
        columns = columns.isEmpty() ? run.columnNames() : columns;
        rows.addAll(run.rows());
        found += run.found();
        run.notes().stream().filter(note -> !notes.contains(note)).forEach(notes::add);
      }
    } catch (QueryError error) {
      throw error.in(query.text());
    }
    return new SelectAnswer(query.text(), columns, rows, found, notes);
  }
}
