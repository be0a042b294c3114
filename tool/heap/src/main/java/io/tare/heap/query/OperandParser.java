package io.tare.heap.query;

import io.tare.heap.query.Expression.Attribute;
import io.tare.heap.query.Expression.Function;
import io.tare.heap.query.Expression.Total;
import io.tare.heap.query.Tokens.Token;
import io.tare.model.heap.HeapValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Literals, the object, its fields and attributes, calls, brackets. */
final class OperandParser {
  private static final Map<String, Function> FUNCTIONS = Map.of("tostring", Function.TO_STRING, "classof",
      Function.CLASS_OF, "dominatorof", Function.DOMINATOR_OF, "tohex", Function.TO_HEX, "inbounds", Function.INBOUNDS,
      "outbounds", Function.OUTBOUNDS, "dominators", Function.DOMINATORS, "eval", Function.EVAL);
  private static final Map<String, Total> TOTALS = Map.of("count", Total.COUNT, "sum", Total.SUM, "min", Total.MIN,
      "max", Total.MAX, "avg", Total.AVG);
  private static final int LONGEST_PATH = 100;

  private final Tokens tokens;
  private final String alias;
  private final ExpressionParser whole;

  OperandParser(Tokens tokens, String alias, ExpressionParser whole) {
    this.tokens = tokens;
    this.alias = alias;
    this.whole = whole;
  }

  boolean isTotal() {
    Tokens ahead = tokens.copy();
    return TOTALS.containsKey(lower(ahead.take())) && ahead.peek().isSign("(");
  }

  Expression total() throws QueryError {
    Token word = tokens.take();
    Total total = TOTALS.getOrDefault(lower(word), Total.COUNT);
    tokens.needSign("(");
    int at = tokens.peek().at();
    Expression argument = total == Total.COUNT && tokens.takeSign("*")
        ? new Expression.Self(at)
        : whole.condition();
    tokens.needSign(")");
    return new Expression.Aggregate(word.at(), total, argument);
  }

  Expression operand() throws QueryError {
    Expression expression = start();
    for (int steps = 0; tokens.peek().isSign(".") || tokens.peek().isSign("["); steps++) {
      if (steps == LONGEST_PATH) {
        throw new QueryError(tokens.peek().at(), "a path of more than " + LONGEST_PATH + " steps");
      }
      expression = tokens.takeSign(".") ? member(expression) : element(expression);
    }
    return expression;
  }

  private Expression start() throws QueryError {
    Token token = tokens.peek();
    return switch (token.kind()) {
      case STRING -> new Expression.Literal(tokens.take().at(), new HeapValue.Text(token.text()));
      case NUMBER -> new Expression.Literal(tokens.take().at(), number(token));
      case ADDRESS -> new Expression.Literal(tokens.take().at(),
          new HeapValue.Whole(Long.parseUnsignedLong(token.text().substring(2), 16)));
      case SIGN -> bracketOrAttribute(token);
      case WORD -> word(tokens.take());
      case END -> throw tokens.expected("a value");
    };
  }

  private static HeapValue number(Token token) throws QueryError {
    try {
      return token.text().contains(".")
          ? new HeapValue.Decimal(Double.parseDouble(token.text()))
          : new HeapValue.Whole(Long.parseLong(token.text()));
    } catch (NumberFormatException tooLong) {
      throw new QueryError(token.at(), token.text() + " is too large");
    }
  }

  private Expression bracketOrAttribute(Token token) throws QueryError {
    if (token.isSign("@")) {
      return attribute(new Expression.Self(token.at()));
    }
    if (!tokens.takeSign("(")) {
      throw tokens.expected("a value");
    }
    Expression inside = whole.condition();
    tokens.needSign(")");
    return inside;
  }

  private Expression word(Token word) throws QueryError {
    if (tokens.peek().isSign("(")) {
      return call(word);
    }
    if (!alias.isEmpty() && word.text().equals(alias)) {
      return new Expression.Self(word.at());
    }
    return switch (lower(word)) {
      case "null" -> new Expression.Literal(word.at(), HeapValue.NOTHING);
      case "true" -> new Expression.Literal(word.at(), new HeapValue.Flag(true));
      case "false" -> new Expression.Literal(word.at(), new HeapValue.Flag(false));
      default -> field(word);
    };
  }

  /** A word alone is a field of the object. */
  private static Expression field(Token word) throws QueryError {
    if (word.text().startsWith("${")) {
      throw new QueryError(word.at(), word.text() + " stands after FROM only");
    }
    if (QueryParser.KEYWORDS.contains(word.text().toUpperCase(Locale.ROOT))) {
      throw new QueryError(word.at(), "expected a value but found '" + word.text() + "'");
    }
    return new Expression.Field(word.at(), new Expression.Self(word.at()), word.text());
  }

  private Expression call(Token word) throws QueryError {
    Tokens ahead = tokens.copy();
    if (ahead.takeSign("(") && ahead.takeSign(")")) {
      return methodOf(new Expression.Self(word.at()), word);
    }
    Function function = FUNCTIONS.get(lower(word));
    if (function == null) {
      throw new QueryError(word.at(), TOTALS.containsKey(lower(word))
          ? word.text() + "(…) stands in the list after SELECT, alone"
          : "there is no function " + word.text() + "; there are toString, classof, dominatorof, dominators, inbounds,"
              + " outbounds, toHex, eval, and over all objects count, sum, min, max, avg");
    }
    tokens.needSign("(");
    Expression argument = whole.condition();
    tokens.needSign(")");
    return new Expression.Call(word.at(), function, argument);
  }

  private Expression member(Expression of) throws QueryError {
    if (tokens.peek().isSign("@")) {
      return attribute(of);
    }
    Token name = tokens.peek();
    if (name.kind() != Token.Kind.WORD) {
      throw tokens.expected("a field or an @attribute");
    }
    tokens.take();
    return tokens.peek().isSign("(")
        ? methodOf(of, name)
        : new Expression.Field(name.at(), of, name.text());
  }

  /** {@code toString()}, a known method, or {@code getX()} for the attribute {@code @x}. */
  private Expression methodOf(Expression of, Token name) throws QueryError {
    tokens.needSign("(");
    List<Expression> arguments = new ArrayList<>();
    if (!tokens.peek().isSign(")")) {
      do {
        arguments.add(whole.condition());
      } while (tokens.takeSign(","));
    }
    tokens.needSign(")");
    if (lower(name).equals("tostring") && arguments.isEmpty()) {
      return new Expression.Call(name.at(), Function.TO_STRING, of);
    }
    Optional<Attribute> attribute = arguments.isEmpty() ? Attribute.ofGetter(name.text()) : Optional.empty();
    if (attribute.isPresent()) {
      return new Expression.Property(name.at(), of, attribute.get());
    }
    KnownMethod method = KnownMethod.named(name.text()).orElseThrow(() -> new QueryError(name.at(),
        "a dump has no code to run: there is no method " + name.text() + ", only toString, "
            + String.join(", ", KnownMethod.allNames())));
    if (arguments.size() < method.fewest() || arguments.size() > method.most()) {
      throw new QueryError(name.at(), name.text() + " takes " + method.fewest()
          + (method.most() > method.fewest() ? " or " + method.most() : "") + " arguments");
    }
    return method == KnownMethod.MATCHES
        ? like(of, name, arguments.getFirst())
        : new Expression.Method(name.at(), of, method, arguments);
  }

  private static Expression like(Expression of, Token name, Expression pattern) throws QueryError {
    if (pattern instanceof Expression.Literal(int at, HeapValue.Text(String text))) {
      return new Expression.Like(name.at(), of,
          QueryParser.pattern(new Token(Token.Kind.STRING, text, at, at + text.length())));
    }
    throw new QueryError(pattern.at(), "matches takes a \"regular expression\"");
  }

  private Expression attribute(Expression of) throws QueryError {
    tokens.needSign("@");
    Token name = tokens.take();
    if (tokens.peek().isSign("(")) {
      return Attribute.named(name.text()).isPresent() && tokens.takeSign("(") ? closed(of, name) : methodOf(of, name);
    }
    return property(of, name);
  }

  /** {@code @length()}. */
  private Expression closed(Expression of, Token name) throws QueryError {
    tokens.needSign(")");
    return property(of, name);
  }

  private static Expression property(Expression of, Token name) throws QueryError {
    Attribute attribute = Attribute.named(name.text()).orElseThrow(() -> new QueryError(name.at(),
        "there is no attribute @" + name.text() + "; there are " + String.join(", ", Attribute.allNames())));
    return new Expression.Property(name.at(), of, attribute);
  }

  private Expression element(Expression of) throws QueryError {
    int at = tokens.take().at();
    Expression index = whole.condition();
    if (tokens.takeSign(":")) {
      Expression to = whole.condition();
      tokens.needSign("]");
      return new Expression.Slice(at, of, index, to);
    }
    tokens.needSign("]");
    return new Expression.Element(at, of, index);
  }

  private static String lower(Token token) {
    return token.kind() == Token.Kind.WORD ? token.text().toLowerCase(Locale.ROOT) : "";
  }
}
