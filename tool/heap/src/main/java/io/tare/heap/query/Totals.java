package io.tare.heap.query;

import io.tare.heap.query.Expression.Operator;
import io.tare.model.heap.HeapValue;

/** One total while it is being added up. Nulls don't count. */
final class Totals {
  private final Expression.Aggregate aggregate;
  private long count;
  private HeapValue value = HeapValue.NOTHING;

  Totals(Expression.Aggregate aggregate) {
    this.aggregate = aggregate;
  }

  Expression argument() {
    return aggregate.argument();
  }

  void add(HeapValue one, Comparison comparison) throws QueryError {
    if (one instanceof HeapValue.Nothing) {
      return;
    }
    switch (aggregate.total()) {
      case COUNT -> {
      }
      case SUM, AVG -> value = count == 0 ? number(one) : Arithmetic.compute(Operator.PLUS, value, number(one));
      case MIN -> value = count == 0 || comparison.holds(Operator.LESS, one, value) ? one : value;
      case MAX -> value = count == 0 || comparison.holds(Operator.MORE, one, value) ? one : value;
    }
    count++;
  }

  private HeapValue number(HeapValue one) throws QueryError {
    if (!Arithmetic.isNumber(one)) {
      throw new QueryError(aggregate.argument().at(), "only numbers can be summed up");
    }
    return one;
  }

  HeapValue result() {
    return switch (aggregate.total()) {
      case COUNT -> new HeapValue.Whole(count);
      case AVG -> count == 0 ? value : new HeapValue.Decimal(Arithmetic.number(value) / count);
      case SUM, MIN, MAX -> value;
    };
  }
}
