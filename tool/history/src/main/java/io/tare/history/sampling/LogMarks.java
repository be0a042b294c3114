package io.tare.history.sampling;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds marks in lines of a log: {@code [MEMSTATS:AFTER_BATCH_1000] Alloc=15MB … Items=1000}, and whatever fits the user's own patterns.
 * Of such a pattern the group {@code label}, else the first group, else the whole match is the label; the group {@code items} counts.
 */
public final class LogMarks {
  private static final Pattern MEMSTATS = Pattern.compile("\\[MEMSTATS:([^\\]]{1,200})\\](?:.*\\bItems=(\\d{1,18}))?");
  private static final int LONGEST_LINE = 8_192;
  private static final int LONGEST_LABEL = 200;

  private final List<Pattern> patterns;

  /** @param patterns the user's own */
  public LogMarks(List<Pattern> patterns) {
    this.patterns = List.copyOf(patterns);
  }

  /** A mark that a line stands for. */
  public record Found(String label, OptionalLong items) {}

  public Optional<Found> find(String line) {
    String looked = line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line;
    if (looked.contains("[MEMSTATS:")) {
      Matcher memstats = MEMSTATS.matcher(looked);
      if (memstats.find()) {
        return Optional.of(new Found(memstats.group(1).strip(), number(memstats.group(2))));
      }
    }
    for (Pattern pattern : patterns) {
      Matcher own = pattern.matcher(looked);
      if (own.find()) {
        return Optional.of(found(pattern, own));
      }
    }
    return Optional.empty();
  }

  private static Found found(Pattern pattern, Matcher match) {
    String label = pattern.namedGroups().containsKey("label")
        ? match.group("label")
        : match.groupCount() > 0 ? match.group(1) : match.group();
    String items = pattern.namedGroups().containsKey("items") ? match.group("items") : null;
    String kept = label == null ? match.group() : label;
    return new Found(kept.length() > LONGEST_LABEL ? kept.substring(0, LONGEST_LABEL) : kept.strip(), number(items));
  }

  private static OptionalLong number(@Nullable String digits) {
    try {
      return digits == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(digits.strip()));
    } catch (NumberFormatException notANumber) {
      return OptionalLong.empty();
    }
  }
}
