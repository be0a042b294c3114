package io.tare.model.trial;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Variants of a command side by side.
 *
 * @param command as it was given, placeholders and all
 * @param rows one a variant, in the order in which they were given; the first is what the others are held against
 * @param goal what the best is judged by
 * @param best index of the row that is best by the goal among those that ran; empty when none did
 * @param asGood indices of the rows that can't be told from the best
 * @param notes what the one who reads it should know, in sentences
 */
public record TrialReport(List<String> command, int rounds, List<Row> rows, Measure goal, Optional<Integer> best,
    List<Integer> asGood, List<String> notes) {
  public TrialReport {
    command = List.copyOf(command);
    rows = List.copyOf(rows);
    asGood = List.copyOf(asGood);
    notes = List.copyOf(notes);
  }

  /**
   * A variant and what its runs came to.
   *
   * @param settings in words: {@code GOGC=50}; what is not varied says {@code as it is}
   * @param figures only of what was measured in at least one run
   * @param isOnFront no other variant that ran is at once lighter and faster
   * @param failures of runs that count for nothing, in sentences
   */
  public record Row(String settings, int runs, Map<Measure, Figure> figures, boolean isOnFront,
      List<String> failures) {
    public Row {
      EnumMap<Measure, Figure> sorted = new EnumMap<>(Measure.class);
      sorted.putAll(figures);
      figures = Collections.unmodifiableMap(sorted);
      failures = List.copyOf(failures);
    }

    public boolean ran() {
      return runs > 0;
    }
  }

  /**
   * A measure over the runs of a variant.
   *
   * @param against how it stands to the first row's, where that can be said
   */
  public record Figure(double median, double lowest, double highest, int runs, Optional<Standing> against) {}

  /**
   * One variant against another.
   *
   * @param ratio theirs divided by the other's: 0.8 is a fifth less
   * @param error what the ratio may be wrong by, up and down, as a factor: 1.05 is five percent
   * @param verdict whether that is more than noise
   */
  public record Standing(double ratio, double error, Verdict verdict) {
    public enum Verdict {
      LESS,
      MORE,
      SAME,
      TOO_FEW_RUNS
    }
  }
}
