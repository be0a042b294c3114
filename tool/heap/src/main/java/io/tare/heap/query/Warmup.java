package io.tare.heap.query;

import io.tare.heap.answers.HeapView;
import io.tare.heap.answers.Labels;
import io.tare.heap.answers.ObjectReader;
import io.tare.heap.query.Expression.Attribute;
import io.tare.model.heap.HeapValue;
import java.util.ArrayList;
import java.util.List;

/** Brings in what expressions will read of many objects: one walk over the dump for each step of a path, not for each object. */
final class Warmup {
  private final ObjectReader reader;
  private final Evaluator evaluator;
  private final TextSearch search;
  private final Relations relations;
  private final HeapView view;

  Warmup(HeapView view, Relations relations, ObjectReader reader, Evaluator evaluator, TextSearch search) {
    this.view = view;
    this.relations = relations;
    this.search = search;
    this.reader = reader;
    this.evaluator = evaluator;
  }

  void prepare(List<Expression> expressions, List<Long> objects) throws QueryError {
    for (Expression expression : expressions) {
      Expression subject = search.subject(expression);
      if (subject == null) {
        prepare(expression.parts(), objects);
        read(expression, objects);
      } else {
        prepare(List.of(subject), objects);
        others(subject, objects);
      }
    }
  }

  /** Brings in the texts of the strings that expressions give, which are prepared. */
  void prepareStrings(List<Expression> expressions, List<Long> objects) throws QueryError {
    List<Long> strings = new ArrayList<>();
    for (Expression expression : expressions) {
      for (long object : objects) {
        if (evaluator.value(expression, object) instanceof HeapValue.Reference(long address, String className, String _)
            && className.equals("java.lang.String")) {
          strings.add(address);
        }
      }
    }
    new Labels(reader).prefetch(strings);
  }

  /** What the search knows need not be read again. */
  private void others(Expression subject, List<Long> objects) throws QueryError {
    List<Long> others = addresses(subject, objects).stream().filter(address -> !search.knows(address)).toList();
    if (!others.isEmpty()) {
      new Labels(reader).prefetch(others);
    }
  }

  /** The parts of the expression can be computed quickly by now. */
  private void read(Expression expression, List<Long> objects) throws QueryError {
    switch (expression) {
      case Expression.Field field -> reader.prefetch(addresses(field.of(), objects));
      case Expression.Element element -> reader.prefetch(addresses(element.of(), objects));
      case Expression.Property property when needsContent(property.attribute()) -> texts(property.of(), objects);
      case Expression.Call call -> call(call, objects);
      case Expression.Method method when method.method().readsText() -> texts(method.of(), objects);
      case Expression.Method method -> reader.prefetch(addresses(method.of(), objects));
      case Expression.Slice slice -> reader.prefetch(addresses(slice.of(), objects));
      case Expression.Like like -> texts(like.left(), objects);
      case Expression.Binary binary when compares(binary) -> {
        texts(binary.left(), objects);
        texts(binary.right(), objects);
      }
      case Expression.In in -> texts(in.left(), objects);
      default -> {
      }
    }
  }

  private void call(Expression.Call call, List<Long> objects) throws QueryError {
    switch (call.function()) {
      case TO_STRING -> texts(call.argument(), objects);
      case OUTBOUNDS -> reader.prefetch(addresses(call.argument(), objects));
      case INBOUNDS -> relations.gatherInbounds(nodes(call.argument(), objects), call);
      case DOMINATORS -> relations.gatherDominated(nodes(call.argument(), objects));
      case CLASS_OF, DOMINATOR_OF, TO_HEX, EVAL -> {
      }
    }
  }

  private List<Integer> nodes(Expression expression, List<Long> objects) throws QueryError {
    return addresses(expression, objects).stream().map(view::node).toList();
  }

  private static boolean needsContent(Attribute attribute) {
    return attribute == Attribute.LENGTH || attribute == Attribute.DISPLAY_NAME || attribute == Attribute.ELEMENTS;
  }

  /** Only with a text beside it the content of an object matters, else its address does. */
  private static boolean compares(Expression.Binary binary) {
    return isText(binary.left()) || isText(binary.right());
  }

  private static boolean isText(Expression expression) {
    return expression instanceof Expression.Literal(int _, HeapValue.Text _);
  }

  private void texts(Expression expression, List<Long> objects) throws QueryError {
    List<Long> addresses = addresses(expression, objects);
    if (!addresses.isEmpty()) {
      new Labels(reader).prefetch(addresses);
    }
  }

  private List<Long> addresses(Expression expression, List<Long> objects) throws QueryError {
    if (expression instanceof Expression.Self) {
      return objects;
    }
    List<Long> addresses = new ArrayList<>();
    if (!mayBeReference(expression)) {
      return addresses;
    }
    for (long object : objects) {
      if (evaluator.value(expression, object) instanceof HeapValue.Reference reference) {
        addresses.add(reference.address());
      }
    }
    return addresses;
  }

  /** Texts and numbers need not be computed only to find out that they are none. */
  private static boolean mayBeReference(Expression expression) {
    return switch (expression) {
      case Expression.Self _,Expression.Field _,Expression.Element _ -> true;
      case Expression.Property property -> switch (property.attribute()) {
        case CLASS, SUPER_CLASS, LOADER -> true;
        default -> false;
      };
      case Expression.Call call -> switch (call.function()) {
        case CLASS_OF, DOMINATOR_OF, EVAL -> true;
        default -> false;
      };
      case Expression.Method method -> !method.method().readsText();
      default -> false;
    };
  }
}
