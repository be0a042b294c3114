package io.tare.heap.query;

import io.tare.heap.answers.HeapView;
import io.tare.heap.answers.ObjectReader;
import io.tare.heap.query.Expression.Attribute;
import io.tare.heap.query.Expression.Function;
import io.tare.heap.query.Expression.Operator;
import io.tare.heap.query.Values.Arithmetic;
import io.tare.heap.query.Values.Comparison;
import io.tare.heap.query.Values.Shown;
import io.tare.heap.query.Values.Texts;
import io.tare.model.heap.HeapValue;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Computes expressions for single objects. What an object does not have is null, as in MAT. */
final class Evaluator {
  private final HeapView view;
  private final Members members;
  private final Relations relations;
  private final Comparison comparison;
  private final Texts texts;
  private final TextSearch search;
  private final IdentityHashMap<Expression, Set<Object>> subSelects;

  /** @param subSelects what every IN (SELECT …) has found */
  Evaluator(HeapView view, Relations relations, ObjectReader reader, TextSearch search,
      IdentityHashMap<Expression, Set<Object>> subSelects) {
    this.view = view;
    this.relations = relations;
    this.subSelects = subSelects;
    this.search = search;
    this.texts = new Texts(reader);
    this.members = new Members(view, reader, texts);
    this.comparison = new Comparison(texts);
  }

  HeapValue value(Expression expression, long self) throws QueryError {
    Expression subject = search.subject(expression);
    if (subject != null && value(subject, self) instanceof HeapValue.Reference string
        && search.knows(string.address())) {
      return new HeapValue.Flag(search.fits(expression, string.address()));
    }
    return switch (expression) {
      case Expression.Literal literal -> literal.value();
      case Expression.Self _ -> members.reference(self);
      case Expression.Field field -> members.field(value(field.of(), self), field.name());
      case Expression.Property property -> members.property(value(property.of(), self), property.attribute());
      case Expression.Element element -> members.element(value(element.of(), self), value(element.index(), self));
      case Expression.Slice slice -> members.slice(value(slice.of(), self), value(slice.from(), self),
          value(slice.to(), self));
      case Expression.Call call -> call(call, value(call.argument(), self));
      case Expression.Method method -> method(method, self);
      case Expression.InSelect in -> new HeapValue.Flag(among(value(in.left(), self), in));
      case Expression.Not not -> not(truth(not.operand(), self));
      case Expression.Minus minus -> Arithmetic.compute(Operator.LESS_BY, new HeapValue.Whole(0),
          value(minus.operand(), self));
      case Expression.Binary binary -> binary(binary, self);
      case Expression.In in -> in(in, self);
      case Expression.Like like -> like(like, value(like.left(), self));
      case Expression.Implements is -> is(is, value(is.left(), self));
      case Expression.Aggregate aggregate -> throw new QueryError(aggregate.at(), "totals stand after SELECT only");
    };
  }

  /** Whether the condition holds; null does not. */
  boolean holds(Expression condition, long self) throws QueryError {
    return truth(condition, self).orElse(false);
  }

  /** Empty for null. */
  private Optional<Boolean> truth(Expression condition, long self) throws QueryError {
    return switch (value(condition, self)) {
      case HeapValue.Flag flag -> Optional.of(flag.value());
      case HeapValue.Nothing _ -> Optional.empty();
      default -> throw new QueryError(condition.at(), "expected something true or false, such as a comparison");
    };
  }

  private static HeapValue not(Optional<Boolean> truth) {
    return new HeapValue.Flag(!truth.orElse(false));
  }

  private HeapValue binary(Expression.Binary binary, long self) throws QueryError {
    return switch (binary.operator()) {
      case AND -> new HeapValue.Flag(holds(binary.left(), self) && holds(binary.right(), self));
      case OR -> new HeapValue.Flag(holds(binary.left(), self) || holds(binary.right(), self));
      case PLUS, LESS_BY, TIMES, DIVIDED_BY, REST -> Arithmetic.compute(binary.operator(), value(binary.left(), self),
          value(binary.right(), self));
      case EQUAL, DIFFERENT, LESS, AT_MOST, MORE, AT_LEAST -> new HeapValue.Flag(
          comparison.holds(binary.operator(), value(binary.left(), self), value(binary.right(), self)));
    };
  }

  private HeapValue in(Expression.In in, long self) throws QueryError {
    HeapValue left = value(in.left(), self);
    for (Expression option : in.options()) {
      if (isOneOf(left, value(option, self))) {
        return new HeapValue.Flag(true);
      }
    }
    return new HeapValue.Flag(false);
  }

  private boolean isOneOf(HeapValue left, HeapValue option) {
    return option instanceof HeapValue.Many many
        ? many.values().stream().anyMatch(one -> comparison.holds(Operator.EQUAL, left, one))
        : comparison.holds(Operator.EQUAL, left, option);
  }

  private boolean among(HeapValue left, Expression.InSelect in) {
    Set<Object> found = subSelects.getOrDefault(in, Set.of());
    Object key = key(left);
    return key != null && (found.contains(key)
        || (left instanceof HeapValue.Reference reference
            && texts.of(reference.address()).map(found::contains).orElse(false)));
  }

  /** What equal values have in common: the address of an object, a number, a text; null for null and lists. */
  static @Nullable Object key(HeapValue value) {
    return switch (value) {
      case HeapValue.Reference reference -> reference.address();
      case HeapValue.Whole whole -> whole.number();
      case HeapValue.Decimal decimal -> decimal.number();
      case HeapValue.Text text -> text.text();
      case HeapValue.Flag flag -> flag.value();
      case HeapValue.Nothing _,HeapValue.Many _ -> null;
    };
  }

  private HeapValue like(Expression.Like like, HeapValue left) {
    return new HeapValue.Flag(comparison.text(left).map(text -> like.pattern().matcher(text).matches()).orElse(false));
  }

  private HeapValue is(Expression.Implements is, HeapValue left) {
    if (!(left instanceof HeapValue.Reference reference) || view.node(reference.address()) == 0) {
      return new HeapValue.Flag(false);
    }
    if (is.className().startsWith(Members.MAT_MODEL)) {
      return new HeapValue.Flag(members.isOfModel(reference.address(), is.className()));
    }
    return new HeapValue.Flag(
        view.graph().index().classes().isA(view.classOf(view.node(reference.address())), is.className()));
  }

  private HeapValue call(Expression.Call call, HeapValue argument) throws QueryError {
    return switch (call.function()) {
      case TO_STRING -> argument instanceof HeapValue.Reference reference
          ? new HeapValue.Text(texts.of(reference.address()).orElseGet(() -> Shown.of(reference)))
          : argument instanceof HeapValue.Nothing ? argument : new HeapValue.Text(Shown.of(argument));
      case CLASS_OF -> members.property(members.object(argument), Attribute.CLASS);
      case DOMINATOR_OF -> members.dominator(members.object(argument));
      case TO_HEX -> switch (argument) {
        case HeapValue.Whole whole -> new HeapValue.Text("0x" + Long.toHexString(whole.number()));
        case HeapValue.Reference reference -> new HeapValue.Text("0x" + Long.toHexString(reference.address()));
        default -> HeapValue.NOTHING;
      };
      case INBOUNDS, OUTBOUNDS, DOMINATORS -> related(call, argument);
      case EVAL -> argument;
    };
  }

  /** {@code dominators(-1)} are those that only the roots together hold, as in MAT. */
  private HeapValue related(Expression.Call call, HeapValue argument) throws QueryError {
    if (call.function() == Function.DOMINATORS && argument instanceof HeapValue.Whole(long number) && number == -1) {
      return relations.dominated(0);
    }
    int node = members.object(argument) instanceof HeapValue.Reference(long address, String _, String _)
        ? view.node(address)
        : 0;
    if (node == 0) {
      return HeapValue.NOTHING;
    }
    return switch (call.function()) {
      case INBOUNDS -> relations.inbounds(node, call);
      case OUTBOUNDS -> relations.outbounds(node);
      default -> relations.dominated(node);
    };
  }

  private HeapValue method(Expression.Method call, long self) throws QueryError {
    HeapValue of = value(call.of(), self);
    List<HeapValue> arguments = new ArrayList<>();
    for (Expression argument : call.arguments()) {
      arguments.add(value(argument, self));
    }
    if (of instanceof HeapValue.Nothing) {
      return of;
    }
    return switch (call.method()) {
      case SIZE -> members.property(of, Attribute.LENGTH);
      case GET, GET_VALUE_AT -> members.element(of, arguments.getFirst());
      case GET_REFERENCE_ARRAY -> arguments.size() < 2
          ? members.property(of, Attribute.ELEMENTS)
          : members.slice(of, arguments.get(0), Arithmetic.compute(Operator.LESS_BY,
              Arithmetic.compute(Operator.PLUS, arguments.get(0), arguments.get(1)), new HeapValue.Whole(1)));
      case HAS_SUPER_CLASS ->
        new HeapValue.Flag(!(members.property(of, Attribute.SUPER_CLASS) instanceof HeapValue.Nothing));
      case GET_FIELD -> members.field(of, comparison.text(arguments.getFirst()).orElse(""));
      default -> comparison.text(of).map(text -> call.method().ofText(text, arguments, comparison))
          .orElseGet(() -> call.method() == KnownMethod.EQUALS
              ? KnownMethod.equal(of, arguments.getFirst(), comparison)
              : HeapValue.NOTHING);
    };
  }
}
