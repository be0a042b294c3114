package io.tare.yaml.basis;

import java.io.Serial;

/** What is wrong with a text, and where: the line and column (from 1), the line itself, and what was expected there. */
public final class YamlException extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1;
  private static final int LONGEST_SNIPPET = 80;
  private final long line;
  private final long column;
  private final String snippet;

  public YamlException(String problem, long line, long column, String snippet) {
    super("line " + line + ", column " + column + ": " + problem + (snippet.isEmpty() ? "" : shown(snippet, column)));
    this.line = line;
    this.column = column;
    this.snippet = snippet;
  }

  /** For what has no place in the text: a limit that is reached, a file that was cut, a value of another kind. */
  public YamlException(String problem) {
    super(problem);
    this.line = 0;
    this.column = 0;
    this.snippet = "";
  }

  public long line() {
    return line;
  }

  public long column() {
    return column;
  }

  public String snippet() {
    return snippet;
  }

  private static String shown(String snippet, long column) {
    int from = (int) Math.max(0, Math.min(column - 1 - LONGEST_SNIPPET / 2, snippet.length()));
    int to = Math.min(snippet.length(), from + LONGEST_SNIPPET);
    StringBuilder clean = new StringBuilder("\n  ");
    for (int i = from; i < to; i++) {
      char c = snippet.charAt(i);
      clean.append(c < ' ' || c == 127 || Character.getType(c) == Character.FORMAT ? ' ' : c);
    }
    return clean.append("\n  ").repeat(' ', (int) Math.max(0, Math.min(column - 1 - from, LONGEST_SNIPPET))).append('^')
        .toString();
  }
}
