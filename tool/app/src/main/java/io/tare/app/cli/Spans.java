package io.tare.app.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people write them: {@code 90}, {@code 500ms}, {@code 30s}, {@code 10m}, {@code 2h}, {@code 1d}. */
public final class Spans {
  private static final Pattern SPAN = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)\\s*(ms|s|m|min|h|d)?");

  private Spans() {}

  public static Optional<Duration> parse(String text) {
    Matcher span = SPAN.matcher(text.strip());
    if (!span.matches()) {
      return Optional.empty();
    }
    double unitMillis = switch (span.group(2) == null ? "s" : span.group(2)) {
      case "ms" -> 1;
      case "m", "min" -> 60_000;
      case "h" -> 3_600_000;
      case "d" -> 86_400_000;
      default -> 1_000;
    };
    return Optional.of(Duration.ofMillis(Math.round(Double.parseDouble(span.group(1)) * unitMillis)));
  }

  public static Duration of(Arguments arguments, String option, Duration otherwise) throws UsageException {
    if (!arguments.has(option)) {
      return otherwise;
    }
    String value = arguments.value(option).orElse("");
    return parse(value)
        .orElseThrow(
            () -> new UsageException(option + " needs a time such as 500ms, 30s, 10m or 2h, not '" + value + "'"));
  }
}
