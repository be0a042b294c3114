package io.tare.report.trial;

import io.tare.model.trial.Measure;
import io.tare.model.trial.TrialReport;
import io.tare.model.trial.TrialReport.Figure;
import io.tare.model.trial.TrialReport.Row;
import io.tare.model.trial.TrialReport.Standing;
import io.tare.model.trial.TrialReport.Standing.Verdict;
import io.tare.report.look.Count;
import io.tare.report.look.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the text and the page say alike. */
final class TrialWords {
  private final TrialReport report;
  private final Units units;

  TrialWords(TrialReport report, Units units) {
    this.report = report;
    this.units = units;
  }

  static String level(double value, Measure.Unit unit, Units units) {
    return switch (unit) {
      case BYTES -> units.format(Math.round(value));
      case SECONDS -> Count.millis(Math.round(value * 1000));
      case PER_SECOND ->
        (value < 10 ? String.format(Locale.ROOT, "%.2f", value) : Count.grouped(Math.round(value))) + "/s";
    };
  }

  List<Measure> measured() {
    return Stream.of(Measure.values())
        .filter(measure -> report.rows().stream().anyMatch(row -> row.figures().containsKey(measure))).toList();
  }

  String level(Row row, Measure measure) {
    return Optional.ofNullable(row.figures().get(measure)).map(figure -> level(figure.median(), measure.unit(), units))
        .orElse("-");
  }

  String spread(Row row, Measure measure) {
    return Optional.ofNullable(row.figures().get(measure)).filter(figure -> figure.runs() > 1)
        .map(figure -> level(figure.lowest(), measure.unit(), units) + " to "
            + level(figure.highest(), measure.unit(), units))
        .orElse("");
  }

  static Optional<Standing> against(Row row, Measure measure) {
    return Optional.ofNullable(row.figures().get(measure)).flatMap(Figure::against);
  }

  /** {@code −34 %}, {@code same}. */
  static String standing(Standing standing) {
    return switch (standing.verdict()) {
      case SAME -> "same";
      case LESS, MORE -> percent(standing.ratio());
      case TOO_FEW_RUNS -> percent(standing.ratio()) + "?";
    };
  }

  private static String percent(double ratio) {
    double percent = 100 * (ratio - 1);
    if (ratio >= 3) {
      return String.format(Locale.ROOT, "\u00d7%.1f", ratio);
    }
    String digits = Math.abs(percent) < 10
        ? String.format(Locale.ROOT, "%.1f", Math.abs(percent))
        : Long.toString(Math.round(Math.abs(percent)));
    return (percent < 0 ? "\u2212" : "+") + digits + " %";
  }

  /** The one who is best, by how much, and who can't be told from it. */
  List<String> verdict() {
    if (report.best().isEmpty()) {
      return report.rows().stream().noneMatch(Row::ran) ? List.of("No variant ran to its end.") : List.of();
    }
    int at = report.best().get();
    Row best = report.rows().get(at);
    String what = report.goal().unit().lessIsBetter() ? "lowest " : "most ";
    List<String> sentences = new ArrayList<>();
    sentences.add(best.settings() + " has the " + what + report.goal().id() + ": " + level(best, report.goal())
        + (at == 0 ? "; nothing that was varied is better." : comparedToFirst(best)));
    if (!report.asGood().isEmpty()) {
      sentences.add("Not told from it: " + report.asGood().stream().map(i -> report.rows().get(i).settings())
          .collect(Collectors.joining("; ")) + ".");
    }
    return sentences;
  }

  private String comparedToFirst(Row best) {
    String first = report.rows().getFirst().settings();
    return against(best, report.goal()).map(standing -> {
      if (standing.verdict() == Verdict.SAME) {
        return ", no more different from " + first + " than noise.";
      }
      String error = standing.verdict() == Verdict.TOO_FEW_RUNS
          ? " (how much of it is noise is not known)"
          : String.format(Locale.ROOT, " (\u00b1 %.1f %%)", 100 * (standing.error() - 1) * standing.ratio());
      return ", " + percent(standing.ratio()) + " beside " + first + error + ".";
    }).orElse(".");
  }
}
