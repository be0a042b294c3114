package io.tare.heap.query;

import io.tare.heap.answers.HeapView;
import io.tare.heap.answers.ObjectReader;
import io.tare.heap.query.Expression.Operator;
import io.tare.model.heap.HeapValue;
import java.util.Optional;

/** Computes expressions for single objects. What an object does not have is null, as in MAT. */
final class Evaluator {
  private final HeapView view;
  private final Members members;
  private final Comparison comparison;
  private final Texts texts;
  private final TextSearch search;

  Evaluator(HeapView view, ObjectReader reader, TextSearch search) {
    this.view = view;
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
      case Expression.Call call -> call(call, value(call.argument(), self));
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
      if (comparison.holds(Operator.EQUAL, left, value(option, self))) {
        return new HeapValue.Flag(true);
      }
    }
    return new HeapValue.Flag(false);
  }

  private HeapValue like(Expression.Like like, HeapValue left) {
    return new HeapValue.Flag(comparison.text(left).map(text -> like.pattern().matcher(text).matches()).orElse(false));
  }

  private HeapValue is(Expression.Implements is, HeapValue left) {
    if (!(left instanceof HeapValue.Reference reference) || view.node(reference.address()) == 0) {
      return new HeapValue.Flag(false);
    }
    return new HeapValue.Flag(
        view.graph().index().classes().isA(view.classOf(view.node(reference.address())), is.className()));
  }

  private HeapValue call(Expression.Call call, HeapValue argument) {
    return switch (call.function()) {
      case TO_STRING -> argument instanceof HeapValue.Reference reference
          ? new HeapValue.Text(texts.of(reference.address()).orElseGet(() -> Shown.of(reference)))
          : argument instanceof HeapValue.Nothing ? argument : new HeapValue.Text(Shown.of(argument));
      case CLASS_OF -> members.property(argument, Attribute.CLASS);
      case DOMINATOR_OF -> members.dominator(argument);
      case TO_HEX -> switch (argument) {
        case HeapValue.Whole whole -> new HeapValue.Text("0x" + Long.toHexString(whole.number()));
        case HeapValue.Reference reference -> new HeapValue.Text("0x" + Long.toHexString(reference.address()));
        default -> HeapValue.NOTHING;
      };
    };
  }
}
