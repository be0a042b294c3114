package io.tare.heap.query;

import io.tare.heap.query.Expression.Operator;
import io.tare.heap.query.Query.Order;
import io.tare.heap.query.Values.Arithmetic;
import io.tare.heap.query.Values.Comparison;
import io.tare.heap.query.Values.Shown;
import io.tare.model.heap.HeapValue;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Keeps the first objects in the order that is asked for; without one, the first that come, which may be millions. */
final class Ranking {
  /** An object with what it is ordered by. */
  record Ranked(long address, long arrived, List<HeapValue> keys) {}

  private final List<Order> order;
  private final long limit;
  private final Comparator<Ranked> firstFirst;
  private final PriorityQueue<Ranked> kept;
  private long[] firstArrived = new long[16];
  private long arrived;

  Ranking(List<Order> order, long limit) {
    this.order = order;
    this.limit = limit;
    this.firstFirst = this::compare;
    this.kept = new PriorityQueue<>(firstFirst.reversed());
  }

  void add(long address, List<HeapValue> keys) {
    if (order.isEmpty()) {
      if (arrived < limit) {
        firstArrived = arrived == firstArrived.length
            ? Arrays.copyOf(firstArrived, 2 * firstArrived.length)
            : firstArrived;
        firstArrived[(int) arrived] = address;
      }
      arrived++;
      return;
    }
    Ranked ranked = new Ranked(address, arrived++, keys);
    if (kept.size() < limit) {
      kept.add(ranked);
    } else if (limit > 0 && firstFirst.compare(ranked, kept.element()) < 0) {
      kept.remove();
      kept.add(ranked);
    }
  }

  long arrived() {
    return arrived;
  }

  long[] addresses() {
    if (order.isEmpty()) {
      return Arrays.copyOf(firstArrived, (int) Math.min(arrived, limit));
    }
    return kept.stream().sorted(firstFirst).mapToLong(Ranked::address).toArray();
  }

  private int compare(Ranked a, Ranked b) {
    for (int i = 0; i < order.size(); i++) {
      int sign = compare(a.keys().get(i), b.keys().get(i), order.get(i).descending());
      if (sign != 0) {
        return sign;
      }
    }
    return Long.compare(a.arrived(), b.arrived());
  }

  /** Null comes last in either direction; what can't be compared is ordered by its kind, so that an order exists. */
  static int compare(HeapValue a, HeapValue b, boolean descending) {
    boolean noA = a instanceof HeapValue.Nothing;
    boolean noB = b instanceof HeapValue.Nothing;
    if (noA || noB) {
      return Boolean.compare(noA, noB);
    }
    int kinds = Integer.compare(kind(a), kind(b));
    int sign = kinds != 0 ? kinds : ofOneKind(a, b);
    return descending ? -sign : sign;
  }

  private static int kind(HeapValue value) {
    return switch (value) {
      case HeapValue.Nothing _ -> 0;
      case HeapValue.Flag _ -> 1;
      case HeapValue.Whole _,HeapValue.Decimal _ -> 2;
      case HeapValue.Text _ -> 3;
      case HeapValue.Reference _ -> 4;
      case HeapValue.Many _ -> 5;
    };
  }

  private static int ofOneKind(HeapValue a, HeapValue b) {
    if (a instanceof HeapValue.Whole(long x) && b instanceof HeapValue.Whole(long y)) {
      return Long.compare(x, y);
    }
    if (Arithmetic.isNumber(a)) {
      return Double.compare(Arithmetic.number(a), Arithmetic.number(b));
    }
    if (a instanceof HeapValue.Reference x && b instanceof HeapValue.Reference y) {
      return Long.compareUnsigned(x.address(), y.address());
    }
    return Shown.of(a).compareTo(Shown.of(b));
  }

  /** One total while it is being added up. Nulls don't count. */
  static final class Totals {
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
}
