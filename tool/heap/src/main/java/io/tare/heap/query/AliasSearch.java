package io.tare.heap.query;

import java.util.Locale;

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
      ClassNames.read(ahead);
      return;
    }
    do {
      ahead.take();
    } while (ahead.takeSign(","));
  }
}
