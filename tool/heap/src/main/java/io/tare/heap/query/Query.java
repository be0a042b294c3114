package io.tare.heap.query;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** A query that was understood. */
public record Query(String text, List<Select> selects) {
  public Query {
    selects = List.copyOf(selects);
  }

  /**
   * Understands a query.
   *
   * @throws QueryError if it is none; the message points at the place
   */
  public static Query parse(String text) throws QueryError {
    try {
      return new Query(text, new QueryParser(text).parse());
    } catch (QueryError error) {
      throw error.in(text);
    }
  }

  /**
   * One SELECT of a query.
   *
   * @param columns empty for {@code *}
   * @param limit how many rows are wanted; empty if the query does not say
   */
  record Select(
      boolean distinct,
      List<Column> columns,
      Source source,
      Optional<Expression> where,
      List<Order> order,
      OptionalLong limit) {
    Select {
      columns = List.copyOf(columns);
      order = List.copyOf(order);
    }

    boolean isTotal() {
      return columns.stream().anyMatch(column -> column.expression() instanceof Expression.Aggregate);
    }
  }

  record Column(String name, Expression expression) {}

  record Order(Expression by, boolean descending) {}

  /** Which objects are looked at. */
  sealed interface Source {
    int at();

    record Named(int at, String className, boolean withSubclasses) implements Source {}

    record Fitting(int at, Pattern pattern, boolean withSubclasses) implements Source {}

    record Addresses(int at, List<Long> addresses) implements Source {
      public Addresses {
        addresses = List.copyOf(addresses);
      }
    }
  }
}
