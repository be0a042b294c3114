package io.tare.heap.query;

/** Reads class names: {@code java.util.Map$Entry}, {@code byte[]}, {@code app.Plan$$Lambda/0x7f3a01c0} of a hidden class. */
final class ClassNames {
  private ClassNames() {}

  static String read(Tokens tokens) throws QueryError {
    StringBuilder name = new StringBuilder(word(tokens));
    while (tokens.takeSign(".")) {
      name.append('.').append(word(tokens));
    }
    if (tokens.peek().isSign("/") || tokens.peek().isSign("+")) {
      String sign = tokens.take().text();
      if (tokens.peek().kind() != Token.Kind.ADDRESS) {
        throw tokens.expected("the 0x… of a hidden class");
      }
      name.append(sign).append(tokens.take().text());
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
