package io.tare.heap.query;

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
