package io.tare.heap.query;

import io.tare.heap.query.Expression.Operator;
import io.tare.model.heap.HeapValue;

/** Sums and products. With null, or by zero, the result is null; what does not fit into 64 bits becomes a decimal number. */
final class Arithmetic {
  private Arithmetic() {}

  static boolean isNumber(HeapValue value) {
    return value instanceof HeapValue.Whole || value instanceof HeapValue.Decimal;
  }

  static double number(HeapValue value) {
    return switch (value) {
      case HeapValue.Whole whole -> whole.number();
      case HeapValue.Decimal decimal -> decimal.number();
      default -> Double.NaN;
    };
  }

  static HeapValue compute(Operator operator, HeapValue left, HeapValue right) {
    if (operator == Operator.PLUS && (left instanceof HeapValue.Text || right instanceof HeapValue.Text)) {
      return new HeapValue.Text(Shown.of(left) + Shown.of(right));
    }
    if (!isNumber(left) || !isNumber(right)) {
      return HeapValue.NOTHING;
    }
    if (left instanceof HeapValue.Whole(long a) && right instanceof HeapValue.Whole(long b)) {
      return whole(operator, a, b);
    }
    return decimal(operator, number(left), number(right));
  }

  private static HeapValue whole(Operator operator, long a, long b) {
    try {
      return switch (operator) {
        case PLUS -> new HeapValue.Whole(Math.addExact(a, b));
        case LESS_BY -> new HeapValue.Whole(Math.subtractExact(a, b));
        case TIMES -> new HeapValue.Whole(Math.multiplyExact(a, b));
        case DIVIDED_BY -> b == 0 ? HeapValue.NOTHING : new HeapValue.Whole(Math.divideExact(a, b));
        case REST -> b == 0 ? HeapValue.NOTHING : new HeapValue.Whole(a % b);
        default -> throw new IllegalArgumentException(operator + " does not compute");
      };
    } catch (ArithmeticException tooLarge) {
      return decimal(operator, (double) a, (double) b);
    }
  }

  private static HeapValue decimal(Operator operator, double a, double b) {
    double result = switch (operator) {
      case PLUS -> a + b;
      case LESS_BY -> a - b;
      case TIMES -> a * b;
      case DIVIDED_BY -> a / b;
      case REST -> a % b;
      default -> throw new IllegalArgumentException(operator + " does not compute");
    };
    return Double.isFinite(result) ? new HeapValue.Decimal(result) : HeapValue.NOTHING;
  }
}
