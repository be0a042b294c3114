package io.tare.heap.query;

import io.tare.heap.query.Expression.Operator;
import io.tare.heap.query.Tokens.Token;
import io.tare.model.heap.HeapValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Expressions, what binds weakest first: OR, AND, NOT, comparisons, sums, products, the rest. */
final class ExpressionParser {
  private static final int DEEPEST = 100;
  private static final Map<String, Operator> COMPARISONS = Map.of("=", Operator.EQUAL, "==", Operator.EQUAL, "!=",
      Operator.DIFFERENT, "<>", Operator.DIFFERENT, "<", Operator.LESS, "<=", Operator.AT_MOST, ">", Operator.MORE,
      ">=", Operator.AT_LEAST);
  private static final Map<String, Operator> SUMS = Map.of("+", Operator.PLUS, "-", Operator.LESS_BY);
  private static final Map<String, Operator> PRODUCTS = Map.of("*", Operator.TIMES, "/", Operator.DIVIDED_BY, "%",
      Operator.REST);

  private final Tokens tokens;
  private final OperandParser operands;
  private final QueryParser selects;
  private int depth;

  ExpressionParser(Tokens tokens, String alias, QueryParser selects) {
    this.tokens = tokens;
    this.selects = selects;
    this.operands = new OperandParser(tokens, alias, this);
  }

  /** A column: an expression, or a total. */
  Expression item() throws QueryError {
    return operands.isTotal() ? operands.total() : condition();
  }

  /** What stands after FROM: a call, or something in brackets. */
  Expression operand() throws QueryError {
    return operands.operand();
  }

  Expression condition() throws QueryError {
    if (++depth > DEEPEST) {
      throw new QueryError(tokens.peek().at(), "brackets or NOT more than " + DEEPEST + " deep");
    }
    try {
      Expression left = conjunction();
      while (tokens.peek().isWord("OR")) {
        left = new Expression.Binary(tokens.take().at(), Operator.OR, left, conjunction());
      }
      return left;
    } finally {
      depth--;
    }
  }

  private Expression conjunction() throws QueryError {
    Expression left = negation();
    while (tokens.peek().isWord("AND")) {
      left = new Expression.Binary(tokens.take().at(), Operator.AND, left, negation());
    }
    return left;
  }

  private Expression negation() throws QueryError {
    List<Token> nots = new ArrayList<>();
    while (tokens.peek().isWord("NOT")) {
      nots.add(tokens.take());
      tooDeep(nots);
    }
    Expression expression = comparison();
    for (Token not : nots.reversed()) {
      expression = new Expression.Not(not.at(), expression);
    }
    return expression;
  }

  private static void tooDeep(List<Token> signs) throws QueryError {
    if (signs.size() > DEEPEST) {
      throw new QueryError(signs.getLast().at(), "brackets or NOT more than " + DEEPEST + " deep");
    }
  }

  private Expression comparison() throws QueryError {
    Expression left = sum();
    Token token = tokens.peek();
    if (token.kind() == Token.Kind.SIGN && COMPARISONS.containsKey(token.text())) {
      return new Expression.Binary(tokens.take().at(), operator(COMPARISONS, token), left, sum());
    }
    if (token.isWord("IS")) {
      return isNull(left);
    }
    boolean not = token.isWord("NOT") && tokens.takeWord("NOT");
    return switch (tokens.peek().kind() == Token.Kind.WORD ? tokens.peek().text().toUpperCase(Locale.ROOT) : "") {
      case "LIKE" -> unless(not, like(left));
      case "IN" -> unless(not, in(left));
      case "IMPLEMENTS" -> unless(not, new Expression.Implements(tokens.take().at(), left, tokens.takeClassName()));
      default -> {
        if (not) {
          throw tokens.expected("LIKE, IN or IMPLEMENTS after NOT");
        }
        yield left;
      }
    };
  }

  /** {@code IS NULL} and {@code IS NOT NULL}, as SQL has them. */
  private Expression isNull(Expression left) throws QueryError {
    int at = tokens.take().at();
    Operator operator = tokens.takeWord("NOT") ? Operator.DIFFERENT : Operator.EQUAL;
    int nullAt = tokens.peek().at();
    tokens.needWord("NULL");
    return new Expression.Binary(at, operator, left, new Expression.Literal(nullAt, HeapValue.NOTHING));
  }

  private static Expression unless(boolean not, Expression expression) {
    return not ? new Expression.Not(expression.at(), expression) : expression;
  }

  private Expression like(Expression left) throws QueryError {
    int at = tokens.take().at();
    if (tokens.peek().kind() != Token.Kind.STRING) {
      throw tokens.expected("a \"regular expression\" after LIKE");
    }
    return new Expression.Like(at, left, QueryParser.pattern(tokens.take()));
  }

  private Expression in(Expression left) throws QueryError {
    int at = tokens.take().at();
    if (!tokens.peek().isSign("(")) {
      return new Expression.In(at, left, List.of(operands.operand()));
    }
    tokens.needSign("(");
    if (tokens.peek().isWord("SELECT")) {
      Expression in = new Expression.InSelect(at, left, selects.nested());
      tokens.needSign(")");
      return in;
    }
    List<Expression> options = new ArrayList<>();
    do {
      options.add(condition());
    } while (tokens.takeSign(","));
    tokens.needSign(")");
    return new Expression.In(at, left, options);
  }

  private Expression sum() throws QueryError {
    Expression left = product();
    while (tokens.peek().kind() == Token.Kind.SIGN && SUMS.containsKey(tokens.peek().text())) {
      Token sign = tokens.take();
      left = new Expression.Binary(sign.at(), operator(SUMS, sign), left, product());
    }
    return left;
  }

  private Expression product() throws QueryError {
    Expression left = signed();
    while (tokens.peek().kind() == Token.Kind.SIGN && PRODUCTS.containsKey(tokens.peek().text())) {
      Token sign = tokens.take();
      left = new Expression.Binary(sign.at(), operator(PRODUCTS, sign), left, signed());
    }
    return left;
  }

  private static Operator operator(Map<String, Operator> signs, Token sign) throws QueryError {
    Operator operator = signs.get(sign.text());
    if (operator == null) {
      throw new QueryError(sign.at(), sign.shown() + " means nothing here");
    }
    return operator;
  }

  private Expression signed() throws QueryError {
    List<Token> signs = new ArrayList<>();
    while (tokens.peek().isSign("-")) {
      signs.add(tokens.take());
      tooDeep(signs);
    }
    Expression expression = operands.operand();
    for (Token sign : signs.reversed()) {
      expression = negative(sign.at(), expression);
    }
    return expression;
  }

  private static Expression negative(int at, Expression operand) {
    return operand instanceof Expression.Literal(int _, HeapValue.Whole(long number))
        ? new Expression.Literal(at, new HeapValue.Whole(-number))
        : new Expression.Minus(at, operand);
  }
}
