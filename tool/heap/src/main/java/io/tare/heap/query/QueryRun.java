package io.tare.heap.query;

import io.tare.heap.answers.HeapView;
import io.tare.heap.answers.Labels;
import io.tare.heap.answers.ObjectReader;
import io.tare.heap.query.Candidates.FieldCheck;
import io.tare.heap.query.Candidates.Subclasses;
import io.tare.heap.query.Expression.Attribute;
import io.tare.heap.query.Query.Column;
import io.tare.heap.query.Query.Select;
import io.tare.heap.query.Query.Source;
import io.tare.heap.query.Ranking.Totals;
import io.tare.heap.query.TextSearch.TextCondition;
import io.tare.heap.query.Values.Comparison;
import io.tare.heap.query.Values.Texts;
import io.tare.model.heap.HeapValue;
import io.tare.model.heap.SelectAnswer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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

/** Answers one SELECT, some hundred thousand objects at a time. */
final class SelectRun {
  private static final int BATCH = 400_000;
  /** From so many objects on it pays to judge all strings of the dump in one go. */
  private static final int MANY = 10_000;
  private static final int MOST_DISTINCT = 1_000_000;
  private static final List<Column> EVERYTHING = List.of(new Column("object", new Expression.Self(0)),
      new Column("shallowBytes", new Expression.Property(0, new Expression.Self(0), Attribute.SHALLOW)),
      new Column("retainedBytes", new Expression.Property(0, new Expression.Self(0), Attribute.RETAINED)));

  private final Select select;
  private final HeapView view;
  private final List<Column> columns;
  private final Candidates candidates;
  private final Ranking ranking;
  private final TextSearch search;
  private final Set<List<HeapValue>> seen = new HashSet<>();
  private final List<Totals> totals = new ArrayList<>();

  /** What reads one batch; what it has read goes with it. */
  private record Batch(ObjectReader reader, Evaluator evaluator, Warmup warmup) {}

  SelectRun(Select select, HeapView view, boolean unreachableToo) throws QueryError {
    this.select = select;
    this.view = view;
    this.columns = select.columns().isEmpty() ? EVERYTHING : select.columns();
    this.candidates = Candidates.of(select.source(), view, unreachableToo);
    this.ranking = new Ranking(select.order(), select.limit().orElse(QueryRun.USUAL_ROWS));
    for (Column column : columns) {
      if (column.expression() instanceof Expression.Aggregate aggregate) {
        totals.add(new Totals(aggregate));
      }
    }
    FieldCheck.check(expressions(), candidates.ofClasses());
    for (Expression expression : expressions()) {
      new Subclasses(view).check(expression);
    }
    boolean many = select.where().isPresent() && candidates.areAtLeast(MANY);
    this.search = many ? TextSearch.of(view, TextCondition.in(select.where().get())) : TextSearch.none(view);
  }

  private List<Expression> expressions() {
    List<Expression> all = new ArrayList<>(columns.stream().map(Column::expression).toList());
    select.where().ifPresent(all::add);
    select.order().forEach(order -> all.add(order.by()));
    return all;
  }

  List<String> columnNames() {
    return columns.stream().map(Column::name).toList();
  }

  /** What has to be said besides the rows; known after {@link #rows}. */
  List<String> notes() {
    Subclasses subclasses = new Subclasses(view);
    Set<String> notes = new LinkedHashSet<>();
    if (select.source() instanceof Source.Named(int _, String className, boolean sub) && sub) {
      subclasses.note(className).ifPresent(notes::add);
    }
    expressions().forEach(expression -> notes.addAll(subclasses.notes(expression)));
    if (ranking.arrived() == 0 && select.where().map(SelectRun::hasPercent).orElse(false)) {
      notes.add("LIKE takes a regular expression, in which % stands for itself: write .* for any characters");
    }
    return List.copyOf(notes);
  }

  /** As SQL has it: a pattern with % and nothing that a regular expression would have instead. */
  private static boolean hasPercent(Expression expression) {
    boolean here = expression instanceof Expression.Like like && like.pattern().pattern().contains("%")
        && !like.pattern().pattern().contains("*");
    return here || expression.parts().stream().anyMatch(SelectRun::hasPercent);
  }

  /** Rows that there are, listed or not; known after {@link #rows}. */
  long found() {
    return totals.isEmpty() ? Math.min(ranking.arrived(), select.limit().orElse(Long.MAX_VALUE)) : 1;
  }

  List<List<HeapValue>> rows() throws QueryError {
    for (List<Long> batch = candidates.next(BATCH); !batch.isEmpty(); batch = candidates.next(BATCH)) {
      take(batch);
    }
    return totals.isEmpty() ? listed(ranking.addresses()) : List.of(totals.stream().map(Totals::result).toList());
  }

  private Batch open() {
    ObjectReader reader = new ObjectReader(view.graph().index());
    Evaluator evaluator = new Evaluator(view, reader, search);
    return new Batch(reader, evaluator, new Warmup(reader, evaluator, search));
  }

  private void take(List<Long> objects) throws QueryError {
    Batch batch = open();
    List<Long> fitting = fitting(objects, batch);
    if (!totals.isEmpty()) {
      total(fitting, batch);
      return;
    }
    List<Expression> keys = select.order().stream().map(Query.Order::by).toList();
    batch.warmup().prepare(keys, fitting);
    for (long object : fitting) {
      ranking.add(object, values(keys, object, batch));
    }
  }

  private List<Long> fitting(List<Long> objects, Batch batch) throws QueryError {
    List<Long> fitting = objects;
    if (select.where().isPresent()) {
      Expression where = select.where().get();
      batch.warmup().prepare(List.of(where), objects);
      fitting = new ArrayList<>();
      for (long object : objects) {
        if (batch.evaluator().holds(where, object)) {
          fitting.add(object);
        }
      }
    }
    return select.distinct() ? distinct(fitting, batch) : fitting;
  }

  private List<Long> distinct(List<Long> objects, Batch batch) throws QueryError {
    List<Expression> expressions = columns.stream().map(Column::expression).toList();
    batch.warmup().prepare(expressions, objects);
    List<Long> distinct = new ArrayList<>();
    for (long object : objects) {
      if (seen.add(values(expressions, object, batch))) {
        distinct.add(object);
      }
    }
    if (seen.size() > MOST_DISTINCT) {
      throw new QueryError(select.source().at(), "more than " + MOST_DISTINCT + " distinct rows; narrow it by WHERE");
    }
    return distinct;
  }

  private void total(List<Long> objects, Batch batch) throws QueryError {
    batch.warmup().prepare(totals.stream().map(Totals::argument).toList(), objects);
    Comparison comparison = new Comparison(new Texts(batch.reader()));
    for (long object : objects) {
      for (Totals total : totals) {
        total.add(batch.evaluator().value(total.argument(), object), comparison);
      }
    }
  }

  private List<List<HeapValue>> listed(List<Long> addresses) throws QueryError {
    List<Expression> expressions = columns.stream().map(Column::expression).toList();
    List<List<HeapValue>> rows = new ArrayList<>();
    for (int from = 0; from < addresses.size(); from += BATCH) {
      List<Long> objects = addresses.subList(from, Math.min(from + BATCH, addresses.size()));
      Batch batch = open();
      batch.warmup().prepare(expressions, objects);
      List<List<HeapValue>> part = new ArrayList<>();
      for (long object : objects) {
        part.add(values(expressions, object, batch));
      }
      rows.addAll(labelled(part, new Labels(batch.reader())));
    }
    return rows;
  }

  private static List<List<HeapValue>> labelled(List<List<HeapValue>> rows, Labels labels) {
    List<Long> references = new ArrayList<>();
    for (List<HeapValue> row : rows) {
      row.forEach(value -> {
        if (value instanceof HeapValue.Reference reference) {
          references.add(reference.address());
        }
      });
    }
    labels.prefetch(references);
    return rows.stream().map(row -> row.stream().map(value -> labelled(value, labels)).toList()).toList();
  }

  private static HeapValue labelled(HeapValue value, Labels labels) {
    return value instanceof HeapValue.Reference(long address, String className, String _)
        ? new HeapValue.Reference(address, className, labels.of(address))
        : value;
  }

  private static List<HeapValue> values(List<Expression> expressions, long object, Batch batch) throws QueryError {
    List<HeapValue> values = new ArrayList<>();
    for (Expression expression : expressions) {
      values.add(batch.evaluator().value(expression, object));
    }
    return values;
  }
}
