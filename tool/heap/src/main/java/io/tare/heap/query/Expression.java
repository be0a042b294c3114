package io.tare.heap.query;

import io.tare.model.heap.HeapValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is computed for an object. {@code at} is where it stands in the query. */
sealed interface Expression {
  int at();

  record Literal(int at, HeapValue value) implements Expression {}

  /** The object itself. */
  record Self(int at) implements Expression {}

  /** {@code of.name}. */
  record Field(int at, Expression of, String name) implements Expression {}

  /** {@code of.@attribute}. */
  record Property(int at, Expression of, Attribute attribute) implements Expression {}

  /** {@code of[index]}. */
  record Element(int at, Expression of, Expression index) implements Expression {}

  /** {@code of[from:to]}, both included, as Eclipse MAT has it. */
  record Slice(int at, Expression of, Expression from, Expression to) implements Expression {}

  record Call(int at, Function function, Expression argument) implements Expression {}

  /** {@code of.startsWith("…")}: a method that needs no code of the program. */
  record Method(int at, Expression of, KnownMethod method, List<Expression> arguments) implements Expression {
    public Method {
      arguments = List.copyOf(arguments);
    }
  }

  /** {@code count(*)}, {@code sum(…)}: computed over all objects. */
  record Aggregate(int at, Total total, Expression argument) implements Expression {}

  record Not(int at, Expression operand) implements Expression {}

  record Minus(int at, Expression operand) implements Expression {}

  record Binary(int at, Operator operator, Expression left, Expression right) implements Expression {}

  record In(int at, Expression left, List<Expression> options) implements Expression {
    public In {
      options = List.copyOf(options);
    }
  }

  /** {@code left IN (SELECT …)}. */
  record InSelect(int at, Expression left, Query.Select select) implements Expression {}

  record Like(int at, Expression left, Pattern pattern) implements Expression {}

  /** Of a class or of one of its sub-classes. */
  record Implements(int at, Expression left, String className) implements Expression {}

  /** What it is computed from directly. */
  default List<Expression> parts() {
    return switch (this) {
      case Literal _,Self _ -> List.of();
      case Field field -> List.of(field.of());
      case Property property -> List.of(property.of());
      case Element element -> List.of(element.of(), element.index());
      case Slice slice -> List.of(slice.of(), slice.from(), slice.to());
      case Call call -> List.of(call.argument());
      case Method method -> {
        List<Expression> parts = new ArrayList<>(method.arguments());
        parts.addFirst(method.of());
        yield parts;
      }
      case Aggregate aggregate -> List.of(aggregate.argument());
      case Not not -> List.of(not.operand());
      case Minus minus -> List.of(minus.operand());
      case Binary binary -> List.of(binary.left(), binary.right());
      case In in -> {
        List<Expression> parts = new ArrayList<>(in.options());
        parts.addFirst(in.left());
        yield parts;
      }
      case InSelect in -> List.of(in.left());
      case Like like -> List.of(like.left());
      case Implements is -> List.of(is.left());
    };
  }

  enum Operator {
    OR, AND, EQUAL, DIFFERENT, LESS, AT_MOST, MORE, AT_LEAST, PLUS, LESS_BY, TIMES, DIVIDED_BY, REST
  }

  enum Function {
    TO_STRING, CLASS_OF, DOMINATOR_OF, TO_HEX, INBOUNDS, OUTBOUNDS, DOMINATORS, EVAL
  }

  enum Total {
    COUNT, SUM, MIN, MAX, AVG
  }

  /** What every object has besides its fields: {@code s.@retainedHeapSize}. The names are those of Eclipse MAT, and our own. */
  enum Attribute {
    ADDRESS("objectAddress address"),
    ID("objectId"),
    SHALLOW("usedHeapSize shallowBytes"),
    RETAINED(
        "retainedHeapSize retainedBytes"),
    CLASS("clazz class"),
    NAME("name"),
    LENGTH("length"),
    DISPLAY_NAME(
        "displayName label"),
    REACHABLE("reachable"),
    HELD_BY("heldBy"),
    ROOT("GCRootInfo rootInfo"),
    SUPER_CLASS("superClass"),
    LOADER("classLoader"),
    LOADER_ID("classLoaderId"),
    INSTANCES("numberOfObjects"),
    IS_ARRAY("isArrayType arrayType"),
    ELEMENTS("valueArray referenceArray");

    private final String names;

    Attribute(String names) {
      this.names = names;
    }

    private List<String> names() {
      return List.of(names.split(" "));
    }

    static Optional<Attribute> named(String name) {
      return Arrays.stream(values()).filter(attribute -> attribute.names().contains(name)).findFirst();
    }

    /** {@code getRetainedHeapSize}, {@code isArrayType}: as the attribute. */
    static Optional<Attribute> ofGetter(String method) {
      if (method.startsWith("get") && method.length() > 4) {
        String name = method.substring(3);
        return named(name).or(() -> named(Character.toLowerCase(name.charAt(0)) + name.substring(1)));
      }
      return method.startsWith("is") ? named(method) : Optional.empty();
    }

    static List<String> allNames() {
      return Arrays.stream(values()).flatMap(attribute -> attribute.names().stream()).map(name -> "@" + name).toList();
    }
  }
}
