package io.tare.include.proxy;

import io.tare.include.http.Head;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a request makes depend on the answer: whether it changed, and which part of it is wanted (RFC 9110, 13 and 14). */
record Conditions(Head request) {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");
  private static final Pattern TAG = Pattern.compile("(?:W/)?(\"[^\"]*\")");

  /** Bytes of a body, from the first to the last one. */
  record Part(long first, long last) {}

  /** A range that no body of this length has. */
  static final class NotThere extends Exception {
    private static final long serialVersionUID = 1;
  }

  /** Whether the client has what this answer would bring. */
  boolean isNotModified(Head answer) {
    if (!ToOrigin.isRead(request) || answer.status() != 200) {
      return false;
    }
    if (request.field("if-none-match").isPresent()) {
      Optional<String> tag = answer.field("etag");
      return tag.isPresent() && request.all("if-none-match").stream()
          .anyMatch(tags -> tags.strip().equals("*") || names(tags, tag.get()));
    }
    return isNotModifiedSince(answer);
  }

  /** Tags are quoted, and may hold commas. */
  private static boolean names(String tags, String wanted) {
    Matcher each = TAG.matcher(tags);
    while (each.find()) {
      if (each.group(1).equals(weak(wanted))) {
        return true;
      }
    }
    return false;
  }

  private boolean isNotModifiedSince(Head answer) {
    Optional<ZonedDateTime> since = request.field("if-modified-since").flatMap(Conditions::time);
    Optional<ZonedDateTime> modified = answer.field("last-modified").flatMap(Conditions::time);
    return since.isPresent() && modified.isPresent() && !modified.get().isAfter(since.get());
  }

  /** The part that is wanted of a body of so many bytes; empty when all of it is. */
  Optional<Part> part(Head answer, long lengthBytes) throws NotThere {
    Matcher range = RANGE.matcher(request.field("range").orElse("").replace(" ", "").toLowerCase(Locale.ROOT));
    if (!request.method().equals("GET") || !range.matches() || !isSameAsBefore(answer)) {
      return Optional.empty();
    }
    OptionalLong from = number(range.group(1));
    OptionalLong to = number(range.group(2));
    if ((from.isEmpty() && to.isEmpty()) || (from.isPresent() && to.isPresent() && to.getAsLong() < from.getAsLong())) {
      return Optional.empty();
    }
    long first = from.orElseGet(() -> Math.max(0, lengthBytes - to.getAsLong()));
    long last = from.isEmpty() ? lengthBytes - 1 : Math.min(lengthBytes - 1, to.orElse(Long.MAX_VALUE));
    if (first >= lengthBytes || first > last) {
      throw new NotThere();
    }
    return Optional.of(new Part(first, last));
  }

  /** A part fits only to the rest that the client has; a weak tag does not say that it is the same to the byte. */
  private boolean isSameAsBefore(Head answer) {
    Optional<String> before = request.field("if-range");
    return before.isEmpty() || (!before.get().startsWith("W/")
        && (before.equals(answer.field("etag")) || before.equals(answer.field("last-modified"))));
  }

  private static OptionalLong number(String digits) {
    return digits.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(digits));
  }

  private static String weak(String tag) {
    return tag.startsWith("W/") ? tag.substring(2) : tag;
  }

  private static Optional<ZonedDateTime> time(String text) {
    try {
      return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME));
    } catch (DateTimeException notATime) {
      return Optional.empty();
    }
  }
}
