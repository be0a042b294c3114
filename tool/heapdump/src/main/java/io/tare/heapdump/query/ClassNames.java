package io.tare.heapdump.query;

/** Reads class names: {@code java.util.Map$Entry}, {@code byte[]}. */
final class ClassNames {
  private ClassNames() {}

  static String read(Tokens tokens) throws QueryError {
    StringBuilder name = new StringBuilder(word(tokens));
    while (tokens.takeSign(".")) {
      name.append('.').append(word(tokens));
    }
    while (tokens.takeSign("[")) {
      tokens.needSign("]");
      name.append("[]");
    }
    return name.toString();
  }

  private static String word(Tokens tokens) throws QueryError {
    if (tokens.peek().kind() != Token.Kind.WORD) {
      throw tokens.expected("a class name");
    }
    return tokens.take().text();
  }
}
