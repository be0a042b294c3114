package io.tare.heap.query;

import io.tare.heap.query.Expression.Operator;
import io.tare.model.heap.HeapValue;
import java.util.Optional;
import java.util.OptionalInt;

/** Compares values: numbers with numbers, texts with texts or strings of the heap, references with addresses. */
final class Comparison {
  private final Texts texts;

  Comparison(Texts texts) {
    this.texts = texts;
  }

  boolean holds(Operator operator, HeapValue left, HeapValue right) {
    if (left instanceof HeapValue.Nothing || right instanceof HeapValue.Nothing) {
      boolean same = left instanceof HeapValue.Nothing && right instanceof HeapValue.Nothing;
      return operator == Operator.EQUAL ? same : operator == Operator.DIFFERENT && !same;
    }
    OptionalInt order = order(left, right);
    if (order.isEmpty()) {
      return operator == Operator.DIFFERENT;
    }
    int sign = order.getAsInt();
    return switch (operator) {
      case EQUAL -> sign == 0;
      case DIFFERENT -> sign != 0;
      case LESS -> sign < 0;
      case AT_MOST -> sign <= 0;
      case MORE -> sign > 0;
      case AT_LEAST -> sign >= 0;
      default -> throw new IllegalArgumentException(operator + " does not compare");
    };
  }

  /** Empty if the two can't be compared. */
  OptionalInt order(HeapValue left, HeapValue right) {
    if (left instanceof HeapValue.Whole(long a) && right instanceof HeapValue.Whole(long b)) {
      return OptionalInt.of(Long.compare(a, b));
    }
    if (Arithmetic.isNumber(left) && Arithmetic.isNumber(right)) {
      return OptionalInt.of(Double.compare(Arithmetic.number(left), Arithmetic.number(right)));
    }
    if (left instanceof HeapValue.Flag(boolean a) && right instanceof HeapValue.Flag(boolean b)) {
      return OptionalInt.of(Boolean.compare(a, b));
    }
    if (left instanceof HeapValue.Text || right instanceof HeapValue.Text) {
      Optional<String> a = text(left);
      Optional<String> b = text(right);
      return a.isPresent() && b.isPresent() ? OptionalInt.of(a.get().compareTo(b.get())) : OptionalInt.empty();
    }
    Optional<Long> a = address(left);
    Optional<Long> b = address(right);
    return a.isPresent() && b.isPresent()
        ? OptionalInt.of(Long.compareUnsigned(a.get(), b.get()))
        : OptionalInt.empty();
  }

  private static Optional<Long> address(HeapValue value) {
    return switch (value) {
      case HeapValue.Reference reference -> Optional.of(reference.address());
      case HeapValue.Whole whole -> Optional.of(whole.number());
      default -> Optional.empty();
    };
  }

  /** The text of a text or of an object that has one; empty for null and for objects without one. */
  Optional<String> text(HeapValue value) {
    return switch (value) {
      case HeapValue.Text text -> Optional.of(text.text());
      case HeapValue.Reference reference -> texts.of(reference.address());
      case HeapValue.Whole whole -> Optional.of(Long.toString(whole.number()));
      case HeapValue.Decimal decimal -> Optional.of(Double.toString(decimal.number()));
      case HeapValue.Flag flag -> Optional.of(Boolean.toString(flag.value()));
      case HeapValue.Nothing _ -> Optional.empty();
    };
  }
}
