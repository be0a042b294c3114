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
   * @param groups what GROUP BY names; empty if it is not there
   * @param limit how many rows are wanted; empty if the query does not say
   */
  record Select(
      Shape shape,
      List<Column> columns,
      Source source,
      Optional<Expression> where,
      List<Column> groups,
      List<Order> order,
      OptionalLong limit) {
    Select {
      columns = List.copyOf(columns);
      groups = List.copyOf(groups);
      order = List.copyOf(order);
    }

    boolean isTotal() {
      return columns.stream().anyMatch(column -> column.expression() instanceof Expression.Aggregate);
    }

    /** Whether the rows are objects, with their sizes, and not columns that the query names. */
    boolean listsObjects() {
      return columns.isEmpty() || shape.objects() || shape.retainedSet();
    }
  }

  /**
   * What becomes of the objects that fit.
   *
   * @param distinct no row twice
   * @param retainedSet all objects that would be free without them
   * @param objects the objects that the only column gives, a row each
   */
  record Shape(boolean distinct, boolean retainedSet, boolean objects) {}

  /** @param name as it was named by AS, else as it stands in the query */
  record Column(String name, Expression expression) {}

  /** @param text as it stands in the query */
  record Order(String text, Expression by, boolean descending) {}

  /**
   * Which objects are looked at.
   *
   * @param asObjects whether OBJECTS stands before it: the objects named, and not the instances of the classes named
   */
  record Source(int at, boolean asObjects, boolean withSubclasses, Named named) {}

  /** What a FROM names. */
  sealed interface Named {
    record ClassName(String name) implements Named {}

    record Fitting(Pattern pattern) implements Named {}

    /** {@code 0x7f3a01c0, 0x7f3a0200}. */
    record Addresses(List<Long> addresses) implements Named {
      public Addresses {
        addresses = List.copyOf(addresses);
      }
    }

    /** {@code 20815, 20975}: see {@code @objectId}. */
    record Numbers(List<Long> numbers) implements Named {
      public Numbers {
        numbers = List.copyOf(numbers);
      }
    }

    record Found(Select select) implements Named {}

    /** An expression that needs no object, such as {@code outbounds(0x7f3a01c0)}. */
    record Computed(Expression expression) implements Named {}

    record AllClasses() implements Named {}

    record Roots() implements Named {}
  }
}
