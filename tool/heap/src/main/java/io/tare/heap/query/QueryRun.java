package io.tare.heap.query;

import io.tare.heap.answers.HeapView;
import io.tare.heap.index.Classes;
import io.tare.heap.index.Classes.ClassSearch;
import io.tare.heap.query.Query.Named;
import io.tare.heap.query.Query.Select;
import io.tare.heap.store.Storage;
import io.tare.model.heap.HeapValue;
import io.tare.model.heap.SelectAnswer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Answers a query from an analysed dump. */
public final class QueryRun {
  /** So many rows are listed when the query sets no limit. */
  public static final int USUAL_ROWS = 1000;

  private QueryRun() {}

  /**
   * What is asked for besides the query.
   *
   * @param unreachableToo whether to look at what no root reaches as well
   * @param unknownFieldsAreNull whether a field that no class of the source has is null, as in Eclipse MAT, and not an error
   * @param usualRows how many rows are listed when the query sets no limit
   */
  public record Wishes(boolean unreachableToo, boolean unknownFieldsAreNull, int usualRows) {}

  /** Refuses classes that the dump does not have. Their names are enough for that, so it need not be analysed for a mistake. */
  public static void foresee(Query query, Classes names) throws QueryError {
    for (Select select : query.selects()) {
      if (select.source().named() instanceof Named.ClassName(String name) && ClassSearch.named(names, name).isEmpty()) {
        throw new QueryError(select.source().at(),
            "there is no class " + name + " in this dump." + ClassSearch.hint(names, name)).in(query.text());
      }
    }
  }

  /** The answer. What does not fit into the memory of this process goes to the system's folder for temporary files. */
  public static SelectAnswer run(Query query, HeapView view, boolean unreachableToo) throws QueryError {
    Path folder = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
    try (Storage storage = new Storage(Runtime.getRuntime().maxMemory() / 4, folder)) {
      return run(query, view, storage, new Wishes(unreachableToo, false, USUAL_ROWS));
    }
  }

  public static SelectAnswer run(Query query, HeapView view, Storage storage, Wishes wishes) throws QueryError {
    List<List<HeapValue>> rows = new ArrayList<>();
    List<String> columns = List.of();
    List<String> notes = new ArrayList<>();
    long found = 0;
    try {
      for (Select select : query.selects()) {
        SelectRun run = new SelectRun(select, new SelectRun.Ground(view, storage, wishes), wishes.usualRows());
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
