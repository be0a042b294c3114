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
 * @param beginning what every text that fits begins with; mostly that is enough to tell those that don't
 */
record TextCondition(Expression condition, Expression subject, Predicate<String> fits, String beginning) {
  private static final String PLAIN = " -_/:,;@#%&=\"'<>~";

  private TextCondition(Expression condition, Expression subject, Predicate<String> fits) {
    this(condition, subject, fits, "");
  }

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
          new TextCondition(like, subject(like.left()), text -> like.pattern().matcher(text).matches(),
              beginning(like.pattern().pattern())));
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
      case Expression.Method method -> method.arguments().size() == 1
          ? text(method.arguments().getFirst()).flatMap(wanted -> of(method, wanted))
          : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<TextCondition> of(Expression.Method method, String wanted) {
    Expression subject = subject(method.of());
    return switch (method.method()) {
      case STARTS_WITH -> Optional.of(new TextCondition(method, subject, text -> text.startsWith(wanted), wanted));
      case ENDS_WITH -> Optional.of(new TextCondition(method, subject, text -> text.endsWith(wanted)));
      case CONTAINS -> Optional.of(new TextCondition(method, subject, text -> text.contains(wanted)));
      case EQUALS -> Optional.of(new TextCondition(method, subject, text -> text.equals(wanted), wanted));
      default -> Optional.empty();
    };
  }

  /** The letters that a regular expression begins with, as far as they stand for themselves and have to be there. */
  static String beginning(String regex) {
    if (regex.indexOf('|') >= 0) {
      return "";
    }
    int end = 0;
    while (end < regex.length() && isPlain(regex.charAt(end))) {
      end++;
    }
    boolean maybeNone = end > 0 && end < regex.length() && "?*{".indexOf(regex.charAt(end)) >= 0;
    return regex.substring(0, maybeNone ? end - 1 : end);
  }

  private static boolean isPlain(char letter) {
    return (Character.isLetterOrDigit(letter) && letter < 128) || PLAIN.indexOf(letter) >= 0;
  }

  private static boolean isEquality(Operator operator) {
    return operator == Operator.EQUAL || operator == Operator.DIFFERENT;
  }

  private static TextCondition equality(Expression binary, Expression left, String wanted) {
    boolean same = binary instanceof Expression.Binary known && known.operator() == Operator.EQUAL;
    return new TextCondition(binary, subject(left), text -> same == text.equals(wanted), same ? wanted : "");
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
