package io.tare.heap.query;

import io.tare.heap.query.Query.Column;
import io.tare.heap.query.Query.Order;
import io.tare.heap.query.Query.Select;
import io.tare.heap.query.Ranking.Totals;
import io.tare.heap.query.Values.Comparison;
import io.tare.model.heap.HeapValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of a query with totals: one for each value of what GROUP BY names, or one in all. */
final class GroupTable {
  private static final int MOST_GROUPS = 1_000_000;

  private final Select select;
  private final List<Expression> keys;
  private final Map<List<HeapValue>, List<Totals>> groups = new LinkedHashMap<>();

  GroupTable(Select select) {
    this.select = select;
    this.keys = select.groups().stream().map(group -> named(group.name(), select).orElse(group.expression())).toList();
    if (select.groups().isEmpty()) {
      groups.put(List.of(), totals());
    }
  }

  private List<Totals> totals() {
    return aggregates().stream().map(Totals::new).toList();
  }

  private List<Expression.Aggregate> aggregates() {
    List<Expression.Aggregate> aggregates = new ArrayList<>();
    for (Column column : select.columns()) {
      if (column.expression() instanceof Expression.Aggregate aggregate) {
        aggregates.add(aggregate);
      }
    }
    return aggregates;
  }

  /** What has to be computed of every object. */
  List<Expression> needed() {
    List<Expression> needed = new ArrayList<>(keys());
    aggregates().forEach(aggregate -> needed.add(aggregate.argument()));
    return needed;
  }

  /** What is grouped by: strings by their texts. */
  List<Expression> keys() {
    return keys;
  }

  void add(long object, Evaluator evaluator, Comparison comparison) throws QueryError {
    List<HeapValue> key = new ArrayList<>();
    for (Expression expression : keys) {
      key.add(grouped(evaluator.value(expression, object), comparison));
    }
    List<Totals> totals = groups.computeIfAbsent(key, unseen -> totals());
    if (groups.size() > MOST_GROUPS) {
      throw new QueryError(select.source().at(), "more than " + MOST_GROUPS + " groups; narrow it by WHERE");
    }
    for (Totals total : totals) {
      total.add(evaluator.value(total.argument(), object), comparison);
    }
  }

  /** Equal strings are different objects; they are grouped by their text. */
  private static HeapValue grouped(HeapValue value, Comparison comparison) {
    return value instanceof HeapValue.Reference reference && reference.className().equals("java.lang.String")
        ? comparison.text(value).<HeapValue>map(HeapValue.Text::new).orElse(value)
        : value;
  }

  long count() {
    return groups.size();
  }

  /** In the order that is asked for, else as they came. */
  List<List<HeapValue>> rows(long most) {
    List<List<HeapValue>> rows = new ArrayList<>();
    groups.forEach((key, totals) -> rows.add(row(key, totals)));
    if (!select.order().isEmpty()) {
      rows.sort(order());
    }
    return rows.subList(0, (int) Math.min(most, rows.size()));
  }

  private List<HeapValue> row(List<HeapValue> key, List<Totals> totals) {
    List<HeapValue> row = new ArrayList<>();
    int total = 0;
    for (Column column : select.columns()) {
      row.add(column.expression() instanceof Expression.Aggregate
          ? totals.get(total++).result()
          : key.get(groupOf(column, select).orElse(0)));
    }
    return row;
  }

  private Comparator<List<HeapValue>> order() {
    Comparator<List<HeapValue>> order = (_, _) -> 0;
    for (Order by : select.order()) {
      int column = columnOf(by, select);
      order = order.thenComparing((a, b) -> Ranking.compare(a.get(column), b.get(column), by.descending()));
    }
    return order;
  }

  /** The column that an ORDER BY means, by its name or as it is written; -1 if there is none. */
  static int columnOf(Order order, Select select) {
    for (int column = 0; column < select.columns().size(); column++) {
      Column known = select.columns().get(column);
      if (known.name().equals(order.text()) || same(known.expression(), order.by())) {
        return column;
      }
    }
    return -1;
  }

  /** Which of what is grouped by the column shows. */
  static Optional<Integer> groupOf(Column column, Select select) {
    for (int group = 0; group < select.groups().size(); group++) {
      Column known = select.groups().get(group);
      if (known.name().equals(column.name()) || same(known.expression(), column.expression())) {
        return Optional.of(group);
      }
    }
    return Optional.empty();
  }

  /** What a column of that name is computed by. */
  private static Optional<Expression> named(String name, Select select) {
    return select.columns().stream().filter(column -> column.name().equals(name)).map(Column::expression).findFirst();
  }

  /** Whether two expressions compute the same, wherever they stand. */
  private static boolean same(Expression a, Expression b) {
    return a.toString().replaceAll("at=\\d+", "").equals(b.toString().replaceAll("at=\\d+", ""));
  }
}
