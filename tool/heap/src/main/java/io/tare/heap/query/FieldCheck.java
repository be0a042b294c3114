package io.tare.heap.query;

import io.tare.heap.index.HeapClass;
import io.tare.heap.index.HeapClass.FieldAt;
import java.util.List;
import java.util.stream.Collectors;

/** A field that no class of a FROM has is a mistake, not a list of nulls. */
final class FieldCheck {
  private static final int MOST_LISTED = 30;

  private FieldCheck() {}

  static void check(List<Expression> expressions, List<HeapClass> classes) throws QueryError {
    boolean open = classes.isEmpty()
        || classes.stream().anyMatch(c -> c.name().equals("java.lang.Class") || c.name().endsWith("[]"));
    if (!open) {
      for (Expression expression : expressions) {
        check(expression, classes);
      }
    }
  }

  private static void check(Expression expression, List<HeapClass> classes) throws QueryError {
    if (expression instanceof Expression.Field(int at, Expression.Self _, String name)
        && classes.stream().noneMatch(heapClass -> heapClass.field(name).isPresent())) {
      HeapClass first = classes.getFirst();
      String known = first.fields().stream().map(FieldAt::name).distinct().limit(MOST_LISTED)
          .collect(Collectors.joining(", "));
      throw new QueryError(at, first.name() + (classes.size() > 1 ? " and the others have" : " has") + " no field "
          + name + (known.isEmpty() ? "" : "; there are " + known));
    }
    for (Expression part : expression.parts()) {
      check(part, classes);
    }
  }
}
