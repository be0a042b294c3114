package io.tare.heap.query;

import io.tare.heap.answers.FieldValues;
import io.tare.heap.answers.ObjectReader;
import io.tare.heap.answers.ObjectReader.ObjectRecord;
import io.tare.heap.query.Expression.Operator;
import io.tare.model.heap.HeapValue;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** What can be done with values: reading their texts, showing them, computing and comparing. */
final class Values {
  private Values() {}

  /** What {@code toString()} gives for the objects whose text a dump holds. */
  static final class Texts {
    static final int LONGEST = 1 << 20;

    private final ObjectReader reader;

    Texts(ObjectReader reader) {
      this.reader = reader;
    }

    /** Empty for objects without a text of their own. */
    Optional<String> of(long address) {
      return switch (reader.find(address).orElse(null)) {
        case ObjectRecord.Mirror mirror -> Optional.of(mirror.described().name());
        case ObjectRecord.Array _ -> reader.arrayText(address, LONGEST);
        case ObjectRecord.Instance instance -> ofInstance(instance);
        case null -> Optional.empty();
      };
    }

    private Optional<String> ofInstance(ObjectRecord.Instance instance) {
      String name = instance.heapClass().name();
      if (name.equals("java.lang.String")) {
        return reader.text(instance.id(), LONGEST);
      }
      if (FieldValues.isBox(name)) {
        return instance.heapClass().field("value")
            .flatMap(field -> reader.value(instance, field).stream().boxed().findFirst()
                .flatMap(raw -> FieldValues.plain(field.type(), raw)))
            .map(Shown::of);
      }
      return switch (instance.heapClass().kind()) {
        case THREAD -> reader.text(reader.value(instance.id(), "name").orElse(0), LONGEST);
        default -> Optional.empty();
      };
    }
  }

  /** A value as text. */
  static final class Shown {
    private static final int MOST_SHOWN = 10;

    private Shown() {}

    static String of(HeapValue value) {
      return switch (value) {
        case HeapValue.Nothing _ -> "null";
        case HeapValue.Whole whole -> Long.toString(whole.number());
        case HeapValue.Decimal decimal -> Double.toString(decimal.number());
        case HeapValue.Flag flag -> Boolean.toString(flag.value());
        case HeapValue.Text text -> text.text();
        case HeapValue.Reference reference -> reference.className() + " @ 0x" + Long.toHexString(reference.address());
        case HeapValue.Many many -> "[" + many.values().stream().limit(MOST_SHOWN).map(Shown::of)
            .collect(Collectors.joining(", ")) + (many.count() > MOST_SHOWN ? ", …]" : "]");
      };
    }
  }

  /** Sums and products. With null, or by zero, the result is null; what does not fit into 64 bits becomes a decimal number. */
  static final class Arithmetic {
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

  /** Compares values: numbers with numbers, texts with texts or strings of the heap, references with addresses. */
  static final class Comparison {
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
        case HeapValue.Nothing _,HeapValue.Many _ -> Optional.empty();
      };
    }
  }
}
