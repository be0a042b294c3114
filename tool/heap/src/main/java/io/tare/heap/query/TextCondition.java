package io.tare.heap.query;

import io.tare.heap.query.Expression.Operator;
import io.tare.model.heap.HeapValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A condition on the text of one object: {@code s LIKE "…"}, {@code toString(n.name) = "…"}, {@code s IN ("…", "…")}.
 *
 * @param condition as it stands in the query
 * @param subject the object whose text it is
 * @param fits what the text has to be
 */
record TextCondition(Expression condition, Expression subject, Predicate<String> fits) {

  /** All that an expression is made of. */
  static List<TextCondition> in(Expression expression) {
    List<TextCondition> all = new ArrayList<>();
    of(expression).ifPresent(all::add);
    expression.parts().forEach(part -> all.addAll(in(part)));
    return all;
  }

  private static Optional<TextCondition> of(Expression expression) {
    return switch (expression) {
      case Expression.Like like -> Optional.of(
          new TextCondition(like, subject(like.left()), text -> like.pattern().matcher(text).matches()));
      case Expression.Binary(int _, Operator operator, Expression left, Expression right) when isEquality(operator) ->
        text(right).map(wanted -> equality(expression, left, wanted))
            .or(() -> text(left).map(wanted -> equality(expression, right, wanted)));
      case Expression.In in -> {
        Set<String> wanted = new HashSet<>();
        in.options().forEach(option -> text(option).ifPresent(wanted::add));
        yield in.options().stream().allMatch(option -> text(option).isPresent())
            ? Optional.of(new TextCondition(in, subject(in.left()), wanted::contains))
            : Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  private static boolean isEquality(Operator operator) {
    return operator == Operator.EQUAL || operator == Operator.DIFFERENT;
  }

  private static TextCondition equality(Expression binary, Expression left, String wanted) {
    boolean same = binary instanceof Expression.Binary known && known.operator() == Operator.EQUAL;
    return new TextCondition(binary, subject(left), text -> same == text.equals(wanted));
  }

  private static Optional<String> text(Expression expression) {
    return expression instanceof Expression.Literal(int _, HeapValue.Text(String text))
        ? Optional.of(text)
        : Optional.empty();
  }

  private static Expression subject(Expression expression) {
    return expression instanceof Expression.Call call && call.function() == Expression.Function.TO_STRING
        ? call.argument()
        : expression;
  }
}
