package io.tare.heap.query;

import io.tare.heap.query.Query.Named;
import io.tare.heap.query.Query.Source;
import io.tare.heap.query.Tokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What stands after FROM. */
final class SourceParser {
  static final String SNAPSHOT = "${snapshot}";
  private static final int LONGEST_NUMBER = 18;

  private final Tokens tokens;
  private final QueryParser selects;

  SourceParser(Tokens tokens, QueryParser selects) {
    this.tokens = tokens;
    this.selects = selects;
  }

  Source source() throws QueryError {
    boolean asObjects = tokens.takeWord("OBJECTS");
    boolean withSubclasses = tokens.takeWord("INSTANCEOF");
    int at = tokens.peek().at();
    if (tokens.peek().isWord(SNAPSHOT)) {
      return snapshot(at, asObjects);
    }
    return new Source(at, asObjects, withSubclasses, named());
  }

  private Named named() throws QueryError {
    Token token = tokens.peek();
    return switch (token.kind()) {
      case STRING -> new Named.Fitting(QueryParser.pattern(tokens.take()));
      case ADDRESS -> addresses();
      case NUMBER -> numbers();
      case WORD -> {
        Tokens ahead = tokens.copy();
        ahead.take();
        yield ahead.peek().isSign("(") ? computed() : new Named.ClassName(tokens.takeClassName());
      }
      default -> {
        if (!token.isSign("(")) {
          throw tokens
              .expected("a class name, a \"regular expression\" of class names, an address or a SELECT in brackets");
        }
        yield bracket();
      }
    };
  }

  private Named bracket() throws QueryError {
    Tokens ahead = tokens.copy();
    ahead.take();
    if (!ahead.peek().isWord("SELECT")) {
      return computed();
    }
    tokens.needSign("(");
    Named found = new Named.Found(selects.nested());
    tokens.needSign(")");
    return found;
  }

  /** No object is there yet that an expression could be about. */
  private Named computed() throws QueryError {
    Expression expression = new ExpressionParser(tokens, "", selects).operand();
    Expression object = objectIn(expression);
    if (object != null) {
      throw new QueryError(object.at(), "an expression after FROM has no object to be about; give an address (0x…)");
    }
    return new Named.Computed(expression);
  }

  private static @org.jspecify.annotations.Nullable Expression objectIn(Expression expression) {
    if (expression instanceof Expression.Self) {
      return expression;
    }
    for (Expression part : expression.parts()) {
      Expression found = objectIn(part);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private Named addresses() {
    List<Long> addresses = new ArrayList<>();
    do {
      addresses.add(Long.parseUnsignedLong(tokens.take().text().substring(2), 16));
    } while (tokens.takeSign(",") && tokens.peek().kind() == Token.Kind.ADDRESS);
    return new Named.Addresses(addresses);
  }

  private Named numbers() throws QueryError {
    List<Long> numbers = new ArrayList<>();
    do {
      Token token = tokens.take();
      if (token.kind() != Token.Kind.NUMBER || token.text().contains(".") || token.text().length() > LONGEST_NUMBER) {
        throw new QueryError(token.at(), "expected the number of an object (@objectId) but found " + token.shown());
      }
      numbers.add(Long.parseLong(token.text()));
    } while (tokens.takeSign(","));
    return new Named.Numbers(numbers);
  }

  /** {@code ${snapshot}.getClasses()}, {@code .getClassesByName("…", true)}, {@code .getGCRoots()} or {@code .@GCRoots}. */
  private Source snapshot(int at, boolean asObjects) throws QueryError {
    tokens.take();
    tokens.needSign(".");
    tokens.takeSign("@");
    Token what = tokens.take();
    String name = what.text().toLowerCase(Locale.ROOT).replaceFirst("^get", "");
    return switch (name) {
      case "classes" -> {
        noArguments();
        yield new Source(at, asObjects, false, new Named.AllClasses());
      }
      case "gcroots" -> {
        noArguments();
        yield new Source(at, true, false, new Named.Roots());
      }
      case "classesbyname" -> byName(asObjects);
      default ->
        throw new QueryError(what.at(), "of ${snapshot} there are getClasses(), getClassesByName(\"name\", true)"
            + " and getGCRoots()");
    };
  }

  private void noArguments() throws QueryError {
    if (tokens.takeSign("(")) {
      tokens.needSign(")");
    }
  }

  private Source byName(boolean asObjects) throws QueryError {
    tokens.needSign("(");
    Token name = tokens.take();
    if (name.kind() != Token.Kind.STRING) {
      throw new QueryError(name.at(), "expected the \"name\" of a class but found " + name.shown());
    }
    tokens.needSign(",");
    boolean withSubclasses = tokens.takeWord("true");
    if (!withSubclasses) {
      tokens.needWord("false");
    }
    tokens.needSign(")");
    return new Source(name.at(), asObjects, withSubclasses, new Named.ClassName(name.text()));
  }
}
