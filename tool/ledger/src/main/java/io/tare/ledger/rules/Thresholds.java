package io.tare.ledger.rules;

import io.tare.formats.text.Nearest;
import io.tare.formats.text.Sizes;
import io.tare.ledger.words.Words;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbers that rules compare with, a user's own in place of the defaults. They come as lines, {@code #} begins a remark:
 *
 * <pre>
 * heap-idle.share = 15 %
 * any.smallest = 16 MB
 * </pre>
 */
public final class Thresholds {
  public static final Thresholds DEFAULT = new Thresholds(Map.of());

  private static final Pattern LINE = Pattern.compile("([^\\s=]+)\\s*=\\s*(.*)");
  private static final Pattern PERCENT = Pattern.compile("(\\d{1,3})(?:\\.(\\d))?\\s*%");
  private static final long WHOLE = 1000;

  private final Map<Threshold, Long> given;

  private Thresholds(Map<Threshold, Long> given) {
    this.given = Map.copyOf(given);
  }

  /** One line of the table for people. */
  public record Row(String id, String value, String unit, String reason) {}

  /** A line that names no threshold, or gives it no value that it can have. */
  public static final class NotAThreshold extends Exception {
    private static final long serialVersionUID = 1;

    NotAThreshold(int line, String message) {
      super("line " + line + ": " + message);
    }
  }

  /** All thresholds with these values, in the order of the rules. */
  public List<Row> table() {
    return Arrays.stream(Threshold.values())
        .map(threshold -> new Row(threshold.id(), words(threshold),
            threshold.unit() == Threshold.Unit.BYTES ? "bytes" : "%",
            threshold.reason()))
        .toList();
  }

  private String words(Threshold threshold) {
    long value = value(threshold);
    return switch (threshold.unit()) {
      case BYTES -> Words.bytes(value);
      case SHARE -> (value % 10 == 0 ? "" + value / 10 : value / 10 + "." + value % 10) + " %";
    };
  }

  /** The values of a text, the defaults for what it does not name. */
  public static Thresholds parse(String text) throws NotAThreshold {
    Map<Threshold, Long> given = new EnumMap<>(Threshold.class);
    int number = 0;
    for (String raw : text.lines().toList()) {
      number++;
      int remark = raw.indexOf('#');
      String line = (remark < 0 ? raw : raw.substring(0, remark)).strip();
      if (line.isEmpty()) {
        continue;
      }
      Matcher parts = LINE.matcher(line);
      if (!parts.matches()) {
        throw new NotAThreshold(number, "expected 'name = value' but found '" + line + "'");
      }
      Threshold threshold = named(parts.group(1), number);
      if (given.put(threshold, value(threshold, parts.group(2), number)) != null) {
        throw new NotAThreshold(number, threshold.id() + " has a value already; leave one of the two lines out");
      }
    }
    return new Thresholds(given);
  }

  private static Threshold named(String id, int line) throws NotAThreshold {
    Optional<Threshold> known = Arrays.stream(Threshold.values()).filter(t -> t.id().equals(id)).findFirst();
    if (known.isEmpty()) {
      Threshold nearest = Arrays.stream(Threshold.values())
          .min(Comparator.comparingInt(threshold -> Nearest.edits(id, threshold.id()))).orElseThrow();
      throw new NotAThreshold(line, "there is no threshold '" + id + "'. Did you mean '" + nearest.id() + "'?");
    }
    return known.get();
  }

  private static long value(Threshold threshold, String text, int line) throws NotAThreshold {
    OptionalLong value = threshold.unit() == Threshold.Unit.SHARE ? share(text) : Sizes.bytes(text);
    String example = threshold.unit() == Threshold.Unit.SHARE
        ? "a share such as 10 % or 2.5 %, at most 100 %"
        : "a size such as 8 MB";
    if (value.isEmpty() || value.getAsLong() < 0) {
      throw new NotAThreshold(line, threshold.id() + " needs " + example + ", but found '" + text + "'");
    }
    return value.getAsLong();
  }

  private static OptionalLong share(String text) {
    Matcher percent = PERCENT.matcher(text);
    if (!percent.matches()) {
      return OptionalLong.empty();
    }
    long value = Long.parseLong(percent.group(1)) * 10
        + (percent.group(2) == null ? 0 : Long.parseLong(percent.group(2)));
    return value > WHOLE ? OptionalLong.empty() : OptionalLong.of(value);
  }

  public long value(Threshold threshold) {
    return given.getOrDefault(threshold, threshold.defaultValue());
  }

  /** Whether the bytes are at least the threshold's share of the whole. */
  boolean reaches(long bytes, Threshold share, long whole) {
    return bytes * (double) WHOLE >= (double) value(share) * whole;
  }

  /** The threshold's share of the bytes, rounded down. */
  long part(long bytes, Threshold share) {
    return bytes * value(share) / WHOLE;
  }
}
