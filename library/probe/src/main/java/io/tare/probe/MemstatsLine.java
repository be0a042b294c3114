package io.tare.probe;

import io.tare.probe.metric.Metric;
import io.tare.probe.metric.Unit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A labelled reading as one line of a log, like {@code [MEMSTATS:AFTER_GC] Alloc=42MB HeapObjects=6124 NumGC=4976}: keys with
 * numbers. Sizes are bytes here whatever unit the line had; times keep their unit.
 */
public record MemstatsLine(String label, Map<String, Long> values) {
  private static final int MAX_LABEL_LENGTH = 200;
  private static final int MAX_PAIRS = 100;
  private static final Pattern START = Pattern.compile("\\[MEMSTATS:([^\\]\\r\\n]{0," + MAX_LABEL_LENGTH + "})\\]");
  private static final Pattern PAIR = Pattern
      .compile("\\G\\s+([A-Za-z][A-Za-z0-9_]{0,40})=(-?\\d{1,18})([A-Za-z]{0,2})(?=\\s|$)");
  private static final long MEGABYTE = 1L << 20;

  public MemstatsLine {
    label = withoutBrackets(label);
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  public static MemstatsLine of(String label, MemoryStats stats) {
    Map<String, Long> values = new LinkedHashMap<>();
    for (Metric metric : MemoryReader.METRICS) {
      stats.get(metric).ifPresent(value -> values.put(metric.key(), value));
    }
    return new MemstatsLine(label, values);
  }

  /** Finds the line's part from {@code [MEMSTATS:} on, whatever the logger wrote before it; empty when there is none. */
  public static Optional<MemstatsLine> parse(String line) {
    Matcher start = START.matcher(line);
    if (!start.find()) {
      return Optional.empty();
    }
    Map<String, Long> values = new LinkedHashMap<>();
    Matcher pair = PAIR.matcher(line).region(start.end(), line.length());
    while (values.size() < MAX_PAIRS && pair.find()) {
      value(pair.group(2), pair.group(3)).ifPresent(number -> values.put(pair.group(1), number));
    }
    return Optional.of(new MemstatsLine(start.group(1), values));
  }

  public OptionalLong get(Metric metric) {
    Long value = values.get(metric.key());
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /** Sizes in whole megabytes, rounded down, as the line has always looked. */
  public String inMegabytes() {
    return text(true);
  }

  /** Sizes to the byte. */
  public String exact() {
    return text(false);
  }

  private String text(boolean megabytes) {
    StringBuilder line = new StringBuilder("[MEMSTATS:").append(label).append(']');
    for (Metric metric : MemoryReader.METRICS) {
      get(metric).ifPresent(value -> line.append(' ').append(metric.key()).append('=')
          .append(
              megabytes && metric.unit() == Unit.BYTES ? value / MEGABYTE + "MB" : exactValue(metric.unit(), value)));
    }
    return line.toString();
  }

  static String exactValue(Unit unit, long value) {
    return value + switch (unit) {
      case BYTES -> "B";
      case COUNT -> "";
      case NANOSECONDS -> "ns";
      case MILLISECONDS -> "ms";
    };
  }

  private static OptionalLong value(String digits, String unit) {
    long number = Long.parseLong(digits);
    int shift = switch (unit) {
      case "KB" -> 10;
      case "MB" -> 20;
      case "GB" -> 30;
      case "TB" -> 40;
      default -> 0;
    };
    long bytes = number << shift;
    return bytes >> shift == number ? OptionalLong.of(bytes) : OptionalLong.empty();
  }

  private static String withoutBrackets(String label) {
    String clean = label.replaceAll("[\\]\\r\\n]", "_");
    return clean.length() <= MAX_LABEL_LENGTH ? clean : clean.substring(0, MAX_LABEL_LENGTH);
  }
}
