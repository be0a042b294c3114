package io.tare.heap.query;

import io.tare.heap.query.Query.Column;
import io.tare.heap.query.Query.Order;
import io.tare.heap.query.Query.Select;
import io.tare.heap.query.Query.Shape;
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

/** {@code SELECT … FROM … WHERE … GROUP BY … ORDER BY … LIMIT …}, several of them joined by UNION. */
final class QueryParser {
  static final Set<String> KEYWORDS = Set.of("SELECT", "FROM", "WHERE", "GROUP", "ORDER", "BY", "LIMIT", "UNION", "AND",
      "OR", "NOT", "IN", "LIKE", "IMPLEMENTS", "INSTANCEOF", "AS", "DISTINCT", "ASC", "DESC");
  private static final int LONGEST = 100_000;
  private static final int DEEPEST = 8;

  private final String text;
  private final Tokens tokens;
  private int depth;

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
    if (tokens.peek().kind() != Token.Kind.END) {
      throw tokens.expected("WHERE, GROUP BY, ORDER BY, LIMIT, UNION or the end");
    }
    return selects;
  }

  /** A SELECT inside another one; it does not see the outer one's object. */
  Select nested() throws QueryError {
    if (++depth > DEEPEST) {
      throw new QueryError(tokens.peek().at(), "SELECT inside SELECT more than " + DEEPEST + " deep");
    }
    try {
      Select select = select();
      if (select.columns().size() > 1) {
        throw new QueryError(select.columns().get(1).expression().at(),
            "a SELECT inside another one has one column");
      }
      return select;
    } finally {
      depth--;
    }
  }

  private Select select() throws QueryError {
    tokens.needWord("SELECT");
    Shape shape = shape();
    int itemsAt = tokens.peek().at();
    // What the objects are called is said after FROM, but used before it.
    String alias = AliasSearch.find(tokens);
    ExpressionParser expressions = new ExpressionParser(tokens, alias, this);
    List<Column> columns = columns(expressions);
    tokens.needWord("FROM");
    Source source = new SourceParser(tokens, this).source();
    skipAlias(alias);
    Optional<Expression> where = tokens.takeWord("WHERE") ? Optional.of(expressions.condition()) : Optional.empty();
    List<Column> groups = groups(expressions);
    Select select = new Select(shape, columns, source, where, groups, order(expressions), limit());
    SelectCheck.check(select, itemsAt);
    return select;
  }

  /** MAT wants them in one order; here any will do. */
  private Shape shape() throws QueryError {
    boolean distinct = false;
    boolean retained = false;
    boolean objects = false;
    while (true) {
      if (tokens.takeWord("DISTINCT")) {
        distinct = true;
      } else if (tokens.peek().isWord("AS")) {
        tokens.take();
        tokens.needWord("RETAINED");
        tokens.needWord("SET");
        retained = true;
      } else if (tokens.takeWord("OBJECTS")) {
        objects = true;
      } else {
        return new Shape(distinct, retained, objects);
      }
    }
  }

  private List<Column> columns(ExpressionParser expressions) throws QueryError {
    if (tokens.takeSign("*")) {
      return List.of();
    }
    List<Column> columns = new ArrayList<>();
    do {
      Column column = column(expressions);
      if (tokens.takeWord("AS")) {
        Token given = tokens.take();
        if (given.kind() != Token.Kind.WORD && given.kind() != Token.Kind.STRING) {
          throw new QueryError(given.at(), "expected a name for the column but found " + given.shown());
        }
        column = new Column(given.text(), column.expression());
      }
      columns.add(column);
    } while (tokens.takeSign(","));
    return columns;
  }

  /** With what stands in the query for a name. */
  private Column column(ExpressionParser expressions) throws QueryError {
    int from = tokens.peek().at();
    Expression expression = expressions.item();
    return new Column(text.substring(from, tokens.end()).strip(), expression);
  }

  private void skipAlias(String alias) {
    tokens.takeWord("AS");
    if (!alias.isEmpty()) {
      tokens.takeWord(alias);
    }
  }

  private List<Column> groups(ExpressionParser expressions) throws QueryError {
    List<Column> groups = new ArrayList<>();
    if (tokens.takeWord("GROUP")) {
      tokens.needWord("BY");
      do {
        groups.add(column(expressions));
      } while (tokens.takeSign(","));
    }
    return groups;
  }

  private List<Order> order(ExpressionParser expressions) throws QueryError {
    List<Order> order = new ArrayList<>();
    if (tokens.takeWord("ORDER")) {
      tokens.needWord("BY");
      do {
        Column by = column(expressions);
        order.add(new Order(by.name(), by.expression(), tokens.takeWord("DESC")));
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
      if (ahead.peek().isSign("(")) {
        ahead.skipBracket();
      } else {
        ahead.take();
      }
    }
    if (!ahead.takeWord("FROM")) {
      return "";
    }
    ahead.takeWord("OBJECTS");
    ahead.takeWord("INSTANCEOF");
    skipSource(ahead);
    ahead.takeWord("AS");
    Token alias = ahead.peek();
    boolean isName = alias.kind() == Token.Kind.WORD
        && !QueryParser.KEYWORDS.contains(alias.text().toUpperCase(Locale.ROOT));
    return isName ? alias.text() : "";
  }

  private static void skipSource(Tokens ahead) throws QueryError {
    if (ahead.peek().isSign("(")) {
      ahead.skipBracket();
      return;
    }
    if (ahead.peek().isWord(SourceParser.SNAPSHOT)) {
      ahead.take();
      while (ahead.takeSign(".") || ahead.takeSign("@")) {
        ahead.take();
      }
    } else if (ahead.peek().kind() == Token.Kind.WORD) {
      ahead.takeClassName();
    } else {
      do {
        ahead.take();
      } while (ahead.takeSign(","));
      return;
    }
    if (ahead.peek().isSign("(")) {
      ahead.skipBracket();
    }
  }
}

/** What may stand together in one SELECT. */
final class SelectCheck {
  private SelectCheck() {}

  static void check(Select select, int at) throws QueryError {
    if (select.shape().objects() && (select.columns().size() != 1 || select.isTotal())) {
      throw new QueryError(at, "OBJECTS is followed by one expression that gives objects, or several of them");
    }
    if (!select.groups().isEmpty() || select.isTotal()) {
      checkTotals(select, at);
    }
    for (Order order : select.order()) {
      if (order.by() instanceof Expression.Aggregate && select.groups().isEmpty()) {
        throw new QueryError(order.by().at(), "a total in ORDER BY needs GROUP BY");
      }
    }
  }

  private static void checkTotals(Select select, int at) throws QueryError {
    if (select.shape().retainedSet() || select.shape().objects() || select.columns().isEmpty()) {
      throw new QueryError(at, "a query with totals or GROUP BY names its columns");
    }
    for (Column column : select.columns()) {
      if (!(column.expression() instanceof Expression.Aggregate) && GroupTable.groupOf(column, select).isEmpty()) {
        throw new QueryError(column.expression().at(), select.groups().isEmpty()
            ? "a query that counts or sums up can't list single objects too; GROUP BY makes a row for each value"
            : "a column of a query with GROUP BY is a total, or one of what is grouped by");
      }
    }
    if (select.groups().isEmpty() && (!select.order().isEmpty() || select.shape().distinct())) {
      throw new QueryError(at, "a query that counts or sums up has one row: ORDER BY and DISTINCT mean nothing");
    }
    for (Order order : select.order()) {
      if (GroupTable.columnOf(order, select) < 0) {
        throw new QueryError(order.by().at(), "ORDER BY of a query with GROUP BY names one of its columns");
      }
    }
    for (Column group : select.groups()) {
      if (group.expression() instanceof Expression.Aggregate) {
        throw new QueryError(group.expression().at(), "GROUP BY takes no totals");
      }
    }
  }
}
