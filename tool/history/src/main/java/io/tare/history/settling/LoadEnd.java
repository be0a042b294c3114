package io.tare.history.settling;

import io.tare.history.trend.Curve;
import io.tare.model.history.Mark;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.Timeline;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** When a load ended: at a mark that says so, or when the processor time that the process takes fell for good. */
record LoadEnd(Instant at, String how) {
  private static final List<String> WORDS = List.of("after run", "after_run", "after-run", "end", "done", "stop");
  private static final int STRETCHES = 60;
  /** Less than this part of the busiest stretch is no load any more. */
  private static final double QUIET = 0.2;

  static Optional<LoadEnd> in(Timeline timeline, Optional<String> label) {
    Optional<Mark> mark = timeline.marks().stream()
        .filter(one -> label.map(one.label()::equals).orElseGet(() -> saysEnd(one.label()))).reduce((a, b) -> b);
    if (mark.isPresent()) {
      return Optional.of(new LoadEnd(mark.get().at(), "the mark " + mark.get().label()));
    }
    return label.isPresent()
        ? Optional.empty()
        : fall(timeline, SeriesNames.CPU_NANOS, "the processor time that it takes")
            .or(() -> fall(timeline, SeriesNames.ALLOCATED, "what it allocates"))
            .or(() -> fall(timeline, SeriesNames.GC_RUNS, "how often it collects"));
  }

  private static boolean saysEnd(String label) {
    String lower = label.toLowerCase(Locale.ROOT);
    return WORDS.stream().anyMatch(word -> lower.equals(word) || (word.length() > 4 && lower.contains(word)));
  }

  private static Optional<LoadEnd> fall(Timeline timeline, String counter, String words) {
    Curve track = timeline.series(counter).map(series -> Curve.of(series.points())).orElse(Curve.of(List.of()));
    if (track.size() < 6 || track.span() <= 0) {
      return Optional.empty();
    }
    Curve thin = track.thinned(STRETCHES);
    double[] rates = new double[thin.size()];
    double busiest = 0;
    for (int i = 1; i < thin.size(); i++) {
      rates[i] = (thin.value(i) - thin.value(i - 1)) / Math.max(1e-9, thin.second(i) - thin.second(i - 1));
      busiest = Math.max(busiest, rates[i]);
    }
    int last = thin.size() - 1;
    while (last > 0 && rates[last] < QUIET * busiest) {
      last--;
    }
    boolean ended = last > 0 && last < thin.size() - 3;
    return ended ? Optional.of(new LoadEnd(thin.at(thin.second(last)), "a fall of " + words)) : Optional.empty();
  }
}
