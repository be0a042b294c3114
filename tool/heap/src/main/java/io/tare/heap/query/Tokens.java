package io.tare.heap.query;

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

  QueryError expected(String what) {
    return new QueryError(peek().at(), "expected " + what + " but found " + peek().shown());
  }
}
