package io.tare.formats.gclog;

import io.tare.formats.text.Moments;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands in brackets before a line's message: {@code [2026-11-21T08:03:30.044+0000][1.792s][info][gc,heap     ]}.
 *
 * @param collects whether the tags name collections; true as well where the log has no tags, or no levels before them
 */
record Decorations(Optional<Instant> at, OptionalDouble uptimeSeconds, boolean collects, String message) {
  private static final Pattern PART = Pattern.compile("\\G\\[([^\\[\\]]{0,80})\\]");
  private static final Pattern UPTIME = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)(s|ms|ns)");
  private static final Pattern TAGS = Pattern.compile("[a-z]\\w*(?:,\\w+)* *");
  private static final Pattern LEVEL = Pattern.compile("(trace|debug|info|warning|error) *");
  /** Larger numbers of milliseconds count from 1970, not from the start of the JVM. */
  private static final double LONGEST_UPTIME = 1e9;

  static Decorations of(String line) {
    Optional<Instant> at = Optional.empty();
    OptionalDouble uptime = OptionalDouble.empty();
    boolean collects = true;
    boolean hasLevel = false;
    int end = 0;
    Matcher parts = PART.matcher(line);
    while (parts.find()) {
      String part = parts.group(1);
      Matcher time = UPTIME.matcher(part);
      if (time.matches()) {
        double seconds = seconds(time);
        uptime = seconds < LONGEST_UPTIME ? OptionalDouble.of(seconds) : uptime;
        at = seconds < LONGEST_UPTIME ? at : Optional.of(Instant.ofEpochMilli((long) (seconds * 1000)));
      } else if (!part.isEmpty() && Character.isDigit(part.charAt(0))) {
        at = at.or(() -> Moments.first(part));
      } else if (LEVEL.matcher(part).matches()) {
        hasLevel = true;
      } else if (hasLevel && TAGS.matcher(part).matches()) {
        // Before the level stands a host, whose name may look like a tag.
        collects = part.startsWith("gc") || part.startsWith("safepoint");
      }
      end = parts.end();
    }
    return new Decorations(at, uptime, collects, line.substring(end).strip());
  }

  boolean isDecorated(String line) {
    return message.length() < line.strip().length();
  }

  private static double seconds(Matcher time) {
    double number = Double.parseDouble(time.group(1));
    return switch (time.group(2)) {
      case "ms" -> number / 1e3;
      case "ns" -> number / 1e9;
      default -> number;
    };
  }
}
