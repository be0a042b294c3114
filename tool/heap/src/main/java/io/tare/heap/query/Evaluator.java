package io.tare.heap.query;

import io.tare.heap.answers.FieldValues;
import io.tare.heap.answers.HeapView;
import io.tare.heap.answers.ObjectReader;
import io.tare.heap.answers.ObjectReader.ObjectRecord;
import io.tare.heap.answers.RootPaths;
import io.tare.heap.answers.RootPaths.Holder;
import io.tare.heap.hprof.BasicType;
import io.tare.heap.hprof.ClassDump;
import io.tare.heap.query.Expression.Attribute;
import io.tare.heap.query.Expression.Operator;
import io.tare.heap.query.Values.Arithmetic;
import io.tare.heap.query.Values.Comparison;
import io.tare.heap.query.Values.Shown;
import io.tare.heap.query.Values.Texts;
import io.tare.model.heap.HeapValue;
import java.util.Optional;
import java.util.OptionalLong;

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

/** Fields, elements and attributes of objects. */
final class Members {
  private final HeapView view;
  private final ObjectReader reader;
  private final Texts texts;

  Members(HeapView view, ObjectReader reader, Texts texts) {
    this.view = view;
    this.reader = reader;
    this.texts = texts;
  }

  HeapValue reference(long address) {
    return FieldValues.reference(address, view);
  }

  private HeapValue value(int type, OptionalLong raw) {
    return FieldValues.of(type, raw, view);
  }

  /** The field of the object, or the static field of the class; null if it has none of that name. */
  HeapValue field(HeapValue of, String name) {
    if (!(of instanceof HeapValue.Reference reference)) {
      return HeapValue.NOTHING;
    }
    return switch (reader.find(reference.address()).orElse(null)) {
      case ObjectRecord.Instance instance -> instance.heapClass().field(name)
          .map(field -> value(field.type(), reader.value(instance, field))).orElse(HeapValue.NOTHING);
      case ObjectRecord.Mirror mirror -> staticField(mirror, name);
      case ObjectRecord.Array array when name.equals("length") -> new HeapValue.Whole(array.count());
      case ObjectRecord.Array _ -> HeapValue.NOTHING;
      case null -> HeapValue.NOTHING;
    };
  }

  private HeapValue staticField(ObjectRecord.Mirror mirror, String name) {
    for (ClassDump.StaticField field : mirror.dump().statics()) {
      if (view.graph().index().outline().names().get(field.nameId()).equals(name)) {
        return value(field.type(), OptionalLong.of(field.value()));
      }
    }
    return HeapValue.NOTHING;
  }

  HeapValue element(HeapValue of, HeapValue index) {
    return of instanceof HeapValue.Reference reference && index instanceof HeapValue.Whole(long at)
        && reader.find(reference.address()).orElse(null) instanceof ObjectRecord.Array array
        && at >= 0 && at < array.count()
            ? value(array.type(), reader.element(array, (int) at))
            : HeapValue.NOTHING;
  }

  HeapValue dominator(HeapValue of) {
    int node = of instanceof HeapValue.Reference reference ? view.node(reference.address()) : 0;
    int above = node == 0 || !view.reach().reached(node) ? 0 : view.tree().dominator(node);
    return above == 0 ? HeapValue.NOTHING : reference(view.address(above));
  }

  HeapValue property(HeapValue of, Attribute attribute) {
    if (!(of instanceof HeapValue.Reference reference)) {
      return HeapValue.NOTHING;
    }
    int node = view.node(reference.address());
    if (attribute == Attribute.ADDRESS || node == 0) {
      return attribute == Attribute.ADDRESS ? new HeapValue.Whole(reference.address()) : HeapValue.NOTHING;
    }
    boolean reached = view.reach().reached(node);
    return switch (attribute) {
      case ADDRESS -> new HeapValue.Whole(reference.address());
      case ID -> new HeapValue.Whole(node);
      case SHALLOW -> new HeapValue.Whole(view.graph().shapes().shallowBytes(node));
      case RETAINED -> reached ? new HeapValue.Whole(view.retainedBytes(node)) : HeapValue.NOTHING;
      case CLASS -> reference(view.classOf(node).id());
      case NAME -> view.graph().index().classes().ofNode(node)
          .<HeapValue>map(described -> new HeapValue.Text(described.name())).orElse(HeapValue.NOTHING);
      case LENGTH -> length(reference.address());
      case DISPLAY_NAME -> new HeapValue.Text(
          Shown.of(reference) + texts.of(reference.address()).map(text -> " " + text).orElse(""));
      case REACHABLE -> new HeapValue.Flag(reached);
      case HELD_BY -> reached
          ? new HeapValue.Text(Holder.words(new RootPaths(view.graph(), view.reach(), reader).to(node)))
          : HeapValue.NOTHING;
    };
  }

  /** Elements of an array, characters of a string. */
  private HeapValue length(long address) {
    if (reader.find(address).orElse(null) instanceof ObjectRecord.Array array) {
      return new HeapValue.Whole(array.count());
    }
    OptionalLong valueId = view.classOf(view.node(address)).name().equals("java.lang.String")
        ? reader.value(address, "value")
        : OptionalLong.empty();
    if (valueId.isPresent() && reader.find(valueId.getAsLong()).orElse(null) instanceof ObjectRecord.Array array) {
      boolean wide = array.type() == BasicType.BYTE && reader.value(address, "coder").orElse(0) == 1;
      return new HeapValue.Whole(wide ? array.count() / 2 : array.count());
    }
    return HeapValue.NOTHING;
  }
}
