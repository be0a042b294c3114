package io.tare.trial;

import io.tare.model.trial.Measure;
import io.tare.model.trial.TrialReport;
import io.tare.model.trial.TrialReport.Figure;
import io.tare.model.trial.TrialReport.Row;
import io.tare.model.trial.TrialReport.Standing;
import io.tare.model.trial.TrialReport.Standing.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Puts the runs of all variants side by side. */
public final class Trials {
  private static final int MOST_ROUNDS = 100;

  private final List<Launch> variants;
  private final List<Run> runs;
  private final Map<Measure, Comparison> comparisons = new EnumMap<>(Measure.class);

  private Trials(List<Launch> variants, List<Run> runs) {
    this.variants = variants;
    this.runs = runs;
    List<Measure> measured = Arrays.stream(Measure.values()).filter(this::isMeasured).toList();
    for (Measure measure : measured) {
      comparisons.put(measure, new Comparison(measure,
          IntStream.range(0, variants.size()).mapToObj(variant -> values(variant, measure)).toList(), measured.size()));
    }
  }

  /**
   * One run.
   *
   * @param figures what was measured of it
   * @param failure why it counts for nothing: it did not start, failed, or was cut off
   */
  public record Run(int variant, int round, Map<Measure, Double> figures, Optional<String> failure) {
    public Run {
      figures = Map.copyOf(figures);
    }

    boolean counts() {
      return failure.isEmpty();
    }
  }

  /**
   * The table.
   *
   * @param command as it was given
   * @param goal what the best is judged by
   * @param most a bound on the goal's peak: a variant above it can't be the best; empty when there is none
   */
  public static TrialReport report(List<String> command, List<Launch> variants, int rounds, List<Run> runs,
      Measure goal, OptionalDouble most) {
    return new Trials(variants, runs).table(command, rounds, goal, most);
  }

  private TrialReport table(List<String> command, int rounds, Measure goal, OptionalDouble most) {
    List<Row> rows = IntStream.range(0, variants.size()).mapToObj(this::row).toList();
    Optional<Comparison> byGoal = Optional.ofNullable(comparisons.get(goal));
    List<Integer> candidates = IntStream.range(0, rows.size()).boxed()
        .filter(i -> byGoal.filter(comparison -> comparison.has(i)).isPresent())
        .filter(i -> most.isEmpty() || highest(rows.get(i), Measure.PEAK) <= most.getAsDouble()).toList();
    Optional<Integer> best = candidates.stream()
        .min((a, b) -> Double.compare(cost(rows.get(a), goal), cost(rows.get(b), goal)));
    List<Integer> asGood = candidates.stream().filter(i -> best.isPresent() && !i.equals(best.get()))
        .filter(i -> byGoal.map(comparison -> comparison.against(i, best.orElseThrow()))
            .filter(Trials::isNoWorse).isPresent())
        .toList();
    List<String> notes = notes(rows, goal, most, candidates);
    best.flatMap(one -> moreRounds(one, asGood, rounds, goal)).ifPresent(notes::add);
    return new TrialReport(command, rounds, rows, goal, best, asGood, notes);
  }

  /** How often all would have to run for the best to be told from all who are not; none where it is, or where noise is not known. */
  private Optional<String> moreRounds(int best, List<Integer> asGood, int rounds, Measure goal) {
    Comparison comparison = comparisons.get(goal);
    if (comparison == null || asGood.isEmpty() || comparison.noise().isEmpty()) {
      return Optional.empty();
    }
    List<OptionalInt> wanted = asGood.stream().map(i -> comparison.roundsToTell(i, best, MOST_ROUNDS)).toList();
    int most = wanted.stream().flatMapToInt(OptionalInt::stream).max().orElse(0);
    String name = variants.get(best).settings();
    if (wanted.stream().allMatch(OptionalInt::isEmpty)) {
      return Optional.of("What can't be told from " + name + " differs from it by so little that " + MOST_ROUNDS
          + " rounds would not tell either: take them as equal.");
    }
    String which = wanted.stream().allMatch(OptionalInt::isPresent)
        ? "all others"
        : "all others but " + IntStream.range(0, wanted.size()).filter(i -> wanted.get(i).isEmpty())
            .mapToObj(i -> variants.get(asGood.get(i)).settings()).collect(Collectors.joining(", "));
    return Optional.of("If it differs as it seems to, " + name + " is told from " + which + " in about "
        + Math.max(most, rounds + 1) + " rounds: the same command line with --rounds " + Math.max(most, rounds + 1)
        + " goes on with those that were run.");
  }

  private static boolean isNoWorse(Standing standing) {
    return standing.verdict() == Verdict.SAME || standing.verdict() == Verdict.TOO_FEW_RUNS;
  }

  private Row row(int variant) {
    Map<Measure, Figure> figures = new EnumMap<>(Measure.class);
    comparisons.forEach((measure, comparison) -> {
      double[] values = values(variant, measure);
      if (values.length > 0) {
        Optional<Standing> against = variant > 0 && comparison.has(0)
            ? Optional.of(comparison.against(variant, 0))
            : Optional.empty();
        figures.put(measure, new Figure(median(values), Arrays.stream(values).min().orElseThrow(),
            Arrays.stream(values).max().orElseThrow(), values.length, against));
      }
    });
    List<String> failures = runs.stream().filter(run -> run.variant() == variant)
        .flatMap(run -> run.failure().map(why -> "round " + (run.round() + 1) + ": " + why).stream()).toList();
    int counted = (int) runs.stream().filter(run -> run.variant() == variant && run.counts()).count();
    return new Row(variants.get(variant).settings(), counted, figures, isOnFront(variant), failures);
  }

  /** Whether no other variant is at once lighter and faster. */
  private boolean isOnFront(int variant) {
    double[] memory = medians(Measure.PEAK);
    double[] time = medians(comparisons.containsKey(Measure.RATE) ? Measure.RATE : Measure.TIME);
    if (Double.isNaN(memory[variant]) || Double.isNaN(time[variant])) {
      return false;
    }
    return IntStream.range(0, variants.size()).noneMatch(other -> memory[other] <= memory[variant]
        && time[other] <= time[variant] && (memory[other] < memory[variant] || time[other] < time[variant]));
  }

  /** One a variant, the less the better; not a number where it was not measured. */
  private double[] medians(Measure measure) {
    return IntStream.range(0, variants.size()).mapToDouble(variant -> {
      double[] values = values(variant, measure);
      return values.length == 0 ? Double.NaN : measure.unit().lessIsBetter() ? median(values) : -median(values);
    }).toArray();
  }

  private static double cost(Row row, Measure goal) {
    double median = Optional.ofNullable(row.figures().get(goal)).map(Figure::median).orElse(Double.NaN);
    return goal.unit().lessIsBetter() ? median : -median;
  }

  private static double highest(Row row, Measure measure) {
    Figure figure = row.figures().get(measure);
    return figure == null ? Double.POSITIVE_INFINITY : figure.highest();
  }

  private List<String> notes(List<Row> rows, Measure goal, OptionalDouble most, List<Integer> candidates) {
    List<String> notes = new ArrayList<>();
    Comparison comparison = comparisons.get(goal);
    if (comparison == null) {
      notes.add("No run measured '" + goal.id() + "', so no variant is called the best.");
    } else if (comparison.noise().isEmpty()) {
      notes.add("One run of each says nothing about noise: --rounds 3 does.");
    } else {
      notes.add(String.format(Locale.ROOT, "Runs of the same variant differ in %s by %.1f %% (one standard deviation).",
          goal.id(), 100 * comparison.noise().getAsDouble()));
    }
    if (comparisons.containsKey(Measure.COLLECTING) && !comparisons.containsKey(Measure.PAUSE)) {
      notes
          .add("How long single pauses were is not known: -Xlog:gc among the JVM's options puts them into its output.");
    }
    if (most.isPresent() && candidates.isEmpty() && rows.stream().anyMatch(Row::ran)) {
      notes.add("No variant stays below the limit.");
    }
    if (rows.stream().anyMatch(row -> !row.failures().isEmpty())) {
      notes.add("Runs that failed count for nothing; the variants' other runs are kept.");
    }
    return notes;
  }

  private boolean isMeasured(Measure measure) {
    return runs.stream().anyMatch(run -> run.counts() && run.figures().containsKey(measure));
  }

  private double[] values(int variant, Measure measure) {
    return runs.stream().filter(run -> run.variant() == variant && run.counts())
        .flatMap(run -> Optional.ofNullable(run.figures().get(measure)).stream()).mapToDouble(Double::doubleValue)
        .toArray();
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
