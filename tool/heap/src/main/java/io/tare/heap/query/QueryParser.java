package io.tare.heap.query;

import io.tare.heap.query.Query.Column;
import io.tare.heap.query.Query.Order;
import io.tare.heap.query.Query.Select;
import io.tare.heap.query.Query.Source;
import io.tare.heap.query.Tokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** {@code SELECT … FROM … WHERE … ORDER BY … LIMIT …}, several of them joined by UNION. */
final class QueryParser {
  static final Set<String> KEYWORDS = Set.of("SELECT", "FROM", "WHERE", "ORDER", "BY", "LIMIT", "UNION", "AND", "OR",
      "NOT", "IN", "LIKE", "IMPLEMENTS", "INSTANCEOF", "AS", "DISTINCT", "ASC", "DESC");
  private static final int LONGEST = 100_000;

  private final String text;
  private final Tokens tokens;

  QueryParser(String text) throws QueryError {
    if (text.length() > LONGEST) {
      throw new QueryError(0, "a query has at most " + LONGEST + " characters");
    }
    this.text = text;
    this.tokens = new Tokens(text);
  }

  List<Select> parse() throws QueryError {
    List<Select> selects = new ArrayList<>(List.of(select()));
    while (tokens.takeWord("UNION")) {
      boolean inBrackets = tokens.takeSign("(");
      selects.add(select());
      if (inBrackets) {
        tokens.needSign(")");
      }
    }
    if (tokens.peek().isWord("GROUP")) {
      throw new QueryError(tokens.peek().at(), "there is no GROUP BY; totals are over all objects of the source");
    }
    if (tokens.peek().kind() != Token.Kind.END) {
      throw tokens.expected("WHERE, ORDER BY, LIMIT, UNION or the end");
    }
    return selects;
  }

  private Select select() throws QueryError {
    tokens.needWord("SELECT");
    boolean distinct = tokens.takeWord("DISTINCT");
    int itemsAt = tokens.peek().at();
    // What the objects are called is said after FROM, but used before it.
    String alias = AliasSearch.find(tokens);
    ExpressionParser expressions = new ExpressionParser(tokens, alias);
    List<Column> columns = columns(expressions);
    tokens.needWord("FROM");
    Source source = source();
    skipAlias(alias);
    Optional<Expression> where = tokens.takeWord("WHERE") ? Optional.of(expressions.condition()) : Optional.empty();
    Select select = new Select(distinct, columns, source, where, order(expressions), limit());
    TotalsCheck.check(select, itemsAt);
    return select;
  }

  private List<Column> columns(ExpressionParser expressions) throws QueryError {
    if (tokens.takeSign("*")) {
      return List.of();
    }
    List<Column> columns = new ArrayList<>();
    do {
      int from = tokens.peek().at();
      Expression expression = expressions.item();
      String name = text.substring(from, tokens.end()).strip();
      if (tokens.takeWord("AS")) {
        Token given = tokens.take();
        if (given.kind() != Token.Kind.WORD && given.kind() != Token.Kind.STRING) {
          throw new QueryError(given.at(), "expected a name for the column but found " + given.shown());
        }
        name = given.text();
      }
      columns.add(new Column(name, expression));
    } while (tokens.takeSign(","));
    return columns;
  }

  private Source source() throws QueryError {
    boolean withSubclasses = tokens.takeWord("INSTANCEOF");
    Token token = tokens.peek();
    return switch (token.kind()) {
      case STRING -> new Source.Fitting(tokens.take().at(), pattern(token), withSubclasses);
      case ADDRESS -> addresses();
      case WORD -> new Source.Named(token.at(), tokens.takeClassName(), withSubclasses);
      default -> throw tokens.expected("a class name, a \"regular expression\" of class names or an address");
    };
  }

  private Source addresses() {
    int at = tokens.peek().at();
    List<Long> addresses = new ArrayList<>();
    do {
      addresses.add(Long.parseUnsignedLong(tokens.take().text().substring(2), 16));
    } while (tokens.takeSign(",") && tokens.peek().kind() == Token.Kind.ADDRESS);
    return new Source.Addresses(at, addresses);
  }

  private void skipAlias(String alias) {
    tokens.takeWord("AS");
    if (!alias.isEmpty()) {
      tokens.takeWord(alias);
    }
  }

  private List<Order> order(ExpressionParser expressions) throws QueryError {
    List<Order> order = new ArrayList<>();
    if (tokens.takeWord("ORDER")) {
      tokens.needWord("BY");
      do {
        Expression by = expressions.condition();
        order.add(new Order(by, tokens.takeWord("DESC")));
        tokens.takeWord("ASC");
      } while (tokens.takeSign(","));
    }
    return order;
  }

  private OptionalLong limit() throws QueryError {
    if (!tokens.takeWord("LIMIT")) {
      return OptionalLong.empty();
    }
    Token token = tokens.take();
    if (token.kind() != Token.Kind.NUMBER || token.text().length() > 9 || token.text().contains(".")) {
      throw new QueryError(token.at(), "expected a whole number of rows but found " + token.shown());
    }
    return OptionalLong.of(Long.parseLong(token.text()));
  }

  static Pattern pattern(Token token) throws QueryError {
    try {
      return Pattern.compile(token.text(), Pattern.DOTALL);
    } catch (PatternSyntaxException wrong) {
      throw new QueryError(token.at(), "no regular expression: " + wrong.getDescription());
    }
  }
}

/** Looks ahead for the name that a SELECT gives its objects: the word after the class in {@code FROM java.lang.String s}. */
final class AliasSearch {
  private AliasSearch() {}

  /** Empty if there is none. The tokens stay where they are. */
  static String find(Tokens tokens) throws QueryError {
    Tokens ahead = tokens.copy();
    while (ahead.peek().kind() != Token.Kind.END && !ahead.peek().isWord("FROM")) {
      ahead.take();
    }
    if (!ahead.takeWord("FROM")) {
      return "";
    }
    ahead.takeWord("INSTANCEOF");
    skipSource(ahead);
    ahead.takeWord("AS");
    Token alias = ahead.peek();
    boolean isName = alias.kind() == Token.Kind.WORD
        && !QueryParser.KEYWORDS.contains(alias.text().toUpperCase(Locale.ROOT));
    return isName ? alias.text() : "";
  }

  private static void skipSource(Tokens ahead) throws QueryError {
    if (ahead.peek().kind() == Token.Kind.WORD) {
      ahead.takeClassName();
      return;
    }
    do {
      ahead.take();
    } while (ahead.takeSign(","));
  }
}

/** Totals stand alone: a query asks for totals only, or for none. */
final class TotalsCheck {
  private TotalsCheck() {}

  static void check(Select select, int at) throws QueryError {
    if (!select.isTotal()) {
      return;
    }
    for (Column column : select.columns()) {
      if (!(column.expression() instanceof Expression.Aggregate)) {
        throw new QueryError(column.expression().at(),
            "a query that counts or sums up can't list single objects too; there is no GROUP BY");
      }
    }
    if (!select.order().isEmpty() || select.distinct()) {
      throw new QueryError(at, "a query that counts or sums up has one row: ORDER BY and DISTINCT mean nothing");
    }
  }
}
