package io.tare.heap.query;

/** A query that can't be understood or answered; the message is for people and points at the place. */
public final class QueryError extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN_BEFORE = 50;
  private static final int SHOWN_AFTER = 25;

  private final int at;
  private final String reason;

  QueryError(int at, String reason) {
    super(reason);
    this.at = at;
    this.reason = reason;
  }

  private QueryError(QueryError located, String message) {
    super(message);
    this.at = located.at;
    this.reason = located.reason;
  }

  /** The same with the piece of the query under which a mark points at the place. */
  QueryError in(String query) {
    String line = query.replaceAll("\\s", " ");
    int from = Math.max(0, at - SHOWN_BEFORE);
    int to = Math.clamp(at + SHOWN_AFTER, from, line.length());
    String lead = from > 0 ? "…" : "";
    String mark = " ".repeat(lead.length() + Math.min(at, line.length()) - Math.min(from, line.length()));
    return new QueryError(this, "column " + (at + 1) + " of the query: " + reason + "\n  " + lead
        + line.substring(Math.min(from, to), to) + (to < line.length() ? "…" : "") + "\n  " + mark + "^");
  }

  /** Where in the query, counted from 0. */
  public int at() {
    return at;
  }

  /** What is wrong, without the place. */
  public String reason() {
    return reason;
  }
}
