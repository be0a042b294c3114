package io.tare.heap.query;

import io.tare.heap.query.Tokens.Token;
import java.util.ArrayList;
import java.util.List;

/** The tokens of a query, read one after the other. */
final class Tokens {
  private final List<Token> tokens;
  private int next;

  Tokens(String query) throws QueryError {
    tokens = Lexer.tokens(query);
  }

  private Tokens(List<Token> tokens, int next) {
    this.tokens = tokens;
    this.next = next;
  }

  /** Another reader at the same place. */
  Tokens copy() {
    return new Tokens(tokens, next);
  }

  Token peek() {
    return tokens.get(next);
  }

  Token take() {
    Token token = tokens.get(next);
    if (token.kind() != Token.Kind.END) {
      next++;
    }
    return token;
  }

  /** Where the last token that was taken ends. */
  int end() {
    return next == 0 ? 0 : tokens.get(next - 1).end();
  }

  boolean takeWord(String word) {
    return peek().isWord(word) && take().isWord(word);
  }

  boolean takeSign(String sign) {
    return peek().isSign(sign) && take().isSign(sign);
  }

  void needWord(String word) throws QueryError {
    if (!takeWord(word)) {
      throw expected(word);
    }
  }

  void needSign(String sign) throws QueryError {
    if (!takeSign(sign)) {
      throw expected("'" + sign + "'");
    }
  }

  /** Reads a class name: {@code java.util.Map$Entry}, {@code byte[]}, {@code app.Plan$$Lambda/0x7f3a01c0} of a hidden class. */
  String takeClassName() throws QueryError {
    StringBuilder name = new StringBuilder(takeNamePart());
    while (takeSign(".")) {
      name.append('.').append(takeNamePart());
    }
    if (peek().isSign("/") || peek().isSign("+")) {
      String sign = take().text();
      if (peek().kind() != Token.Kind.ADDRESS) {
        throw expected("the 0x… of a hidden class");
      }
      name.append(sign).append(take().text());
    }
    while (takeSign("[")) {
      needSign("]");
      name.append("[]");
    }
    return name.toString();
  }

  /** Goes past a bracket that is open, to its end. */
  void skipBracket() {
    int depth = 0;
    do {
      depth += peek().isSign("(") ? 1 : peek().isSign(")") ? -1 : 0;
      take();
    } while (depth > 0 && peek().kind() != Token.Kind.END);
  }

  private String takeNamePart() throws QueryError {
    if (peek().kind() != Token.Kind.WORD) {
      throw expected("a class name");
    }
    return take().text();
  }

  QueryError expected(String what) {
    return new QueryError(peek().at(), "expected " + what + " but found " + peek().shown());
  }

  /**
   * A piece of a query.
   *
   * @param text as it stands there; of a string what it means
   * @param at where it starts
   * @param end where it ends
   */
  record Token(Kind kind, String text, int at, int end) {
    enum Kind {
      WORD, STRING, NUMBER, ADDRESS, SIGN, END
    }

    boolean isWord(String word) {
      return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    boolean isSign(String sign) {
      return kind == Kind.SIGN && text.equals(sign);
    }

    String shown() {
      return kind == Kind.END ? "the end" : kind == Kind.STRING ? '"' + text + '"' : "'" + text + "'";
    }
  }
}

/** Cuts a query into words, strings, numbers and signs. */
final class Lexer {
  private static final List<String> SIGNS = List.of("<=", ">=", "!=", "<>", "==", "=", "<", ">", "(", ")", "[", "]",
      ",", ":", ".", "@", "*", "+", "-", "/", "%");

  /** Deep nesting would end in a stack overflow otherwise. */
  private static final int MOST_TOKENS = 2000;

  private final String query;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(String query) {
    this.query = query;
  }

  /** All tokens, the last one of kind END. */
  static List<Token> tokens(String query) throws QueryError {
    return new Lexer(query).read();
  }

  private List<Token> read() throws QueryError {
    while (at < query.length()) {
      char c = query.charAt(at);
      if (tokens.size() == MOST_TOKENS) {
        throw new QueryError(at, "a query has at most " + MOST_TOKENS + " words and signs");
      } else if (Character.isWhitespace(c)) {
        at++;
      } else if (query.startsWith("//", at) || query.startsWith("/*", at)) {
        comment();
      } else if (query.startsWith("${", at)) {
        variable();
      } else if (Character.isJavaIdentifierStart(c)) {
        word();
      } else if (c >= '0' && c <= '9') {
        number();
      } else if (c == '"' || c == '\'') {
        string(c);
      } else {
        sign();
      }
    }
    tokens.add(new Token(Token.Kind.END, "", query.length(), query.length()));
    return tokens;
  }

  private void comment() {
    boolean toLineEnd = query.charAt(at + 1) == '/';
    int end = query.indexOf(toLineEnd ? "\n" : "*/", at + 2);
    at = end < 0 ? query.length() : end + (toLineEnd ? 1 : 2);
  }

  /** {@code ${snapshot}} is a word. */
  private void variable() throws QueryError {
    int end = query.indexOf('}', at);
    if (end < 0) {
      throw new QueryError(at, "'}' is missing");
    }
    add(at, end + 1);
  }

  private void add(int from, int end) {
    at = end;
    add(Token.Kind.WORD, from, query.substring(from, end));
  }

  private void word() {
    int from = at;
    while (at < query.length() && Character.isJavaIdentifierPart(query.charAt(at))) {
      at++;
    }
    add(Token.Kind.WORD, from, query.substring(from, at));
  }

  private void number() throws QueryError {
    int from = at;
    if (query.startsWith("0x", at) || query.startsWith("0X", at)) {
      at += 2;
      while (at < query.length() && Character.digit(query.charAt(at), 16) >= 0) {
        at++;
      }
      if (at == from + 2 || at > from + 18) {
        throw new QueryError(from, "an address has 1 to 16 hexadecimal digits after 0x");
      }
      add(Token.Kind.ADDRESS, from, query.substring(from, at));
      return;
    }
    digits();
    if (at + 1 < query.length() && query.charAt(at) == '.' && isDigit(at + 1)) {
      at++;
      digits();
    }
    add(Token.Kind.NUMBER, from, query.substring(from, at));
    if (at < query.length() && (query.charAt(at) == 'L' || query.charAt(at) == 'l')) {
      at++;
    }
  }

  private void digits() {
    while (isDigit(at)) {
      at++;
    }
  }

  private boolean isDigit(int place) {
    return place < query.length() && query.charAt(place) >= '0' && query.charAt(place) <= '9';
  }

  /** A backslash before the quote puts the quote into the text; before anything else it stays, as regular expressions want it. */
  private void string(char quote) throws QueryError {
    int from = at++;
    StringBuilder text = new StringBuilder();
    while (at < query.length() && query.charAt(at) != quote) {
      char c = query.charAt(at++);
      if (c == '\\' && at < query.length() && query.charAt(at) == quote) {
        c = query.charAt(at++);
      }
      text.append(c);
    }
    if (at == query.length()) {
      throw new QueryError(from, "this string has no end: a closing " + quote + " is missing");
    }
    at++;
    add(Token.Kind.STRING, from, text.toString());
  }

  private void sign() throws QueryError {
    for (String sign : SIGNS) {
      if (query.startsWith(sign, at)) {
        int from = at;
        at += sign.length();
        add(Token.Kind.SIGN, from, sign);
        return;
      }
    }
    throw new QueryError(at, "'" + Character.toString(query.codePointAt(at)) + "' means nothing here");
  }

  private void add(Token.Kind kind, int from, String text) {
    tokens.add(new Token(kind, text, from, at));
  }
}
