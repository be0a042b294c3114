package io.tare.history.compare;

import io.tare.history.recording.Recording.RecordedTrack;
import io.tare.history.recording.Timelines;
import io.tare.model.history.Difference;
import io.tare.model.history.Investigation;
import io.tare.model.history.Investigation.Stage;
import io.tare.model.history.Series.SeriesUnit;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.Snapshot;
import io.tare.model.history.Snapshot.Amount;
import io.tare.model.history.Timeline;
import io.tare.model.history.Weighing;
import io.tare.model.ledger.Account;
import io.tare.model.trial.Measure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;

/** Puts several weighings in a row: what each change returned, and what is left. */
public final class Investigations {
  private static final double LEAST_NOISE = 256 << 10;
  private static final double SHARE = 0.01;
  private static final double NEAR_THE_PEAK = 0.8;

  private Investigations() {}

  /** A run, or a moment, of which no peak is known. */
  public record Run(Snapshot state, OptionalDouble peakBytes) {
    public static Run of(String name, Timeline timeline) {
      return new Run(Snapshots.of(name, timeline), peak(timeline));
    }

    /** A run that ends, at its peak: what it was made of is told by the heaviest ledger, where one was taken near it. */
    public static Run atPeak(String name, RecordedTrack track) {
      Map<Measure, Double> figures = RunFigures.of(track);
      Map<String, Amount> amounts = new LinkedHashMap<>();
      double peak = figures.getOrDefault(Measure.PEAK, 0.0);
      if (peak > 0) {
        amounts.put(SeriesNames.RSS, atOneMoment(peak));
      }
      track.ofTheLastProgram().stream().max(Comparator.comparingLong(Weighing::grossBytes))
          .filter(ledger -> ledger.grossBytes() >= NEAR_THE_PEAK * peak).ifPresent(ledger -> {
            ledger.netBytes().ifPresent(net -> amounts.put(SeriesNames.NET, atOneMoment(net)));
            ledger.accounts().forEach((id, bytes) -> amounts.put(id, atOneMoment(bytes)));
            amounts.put(Timelines.UNEXPLAINED, atOneMoment(ledger.unexplainedBytes()));
          });
      Double collecting = figures.get(Measure.COLLECTING);
      Double time = figures.get(Measure.TIME);
      return new Run(new Snapshot(name, track.process().words(), Timelines.to(track), amounts,
          Snapshots.throughput(track.marks()), collecting == null || time == null || collecting == 0
              ? OptionalDouble.empty()
              : OptionalDouble.of(collecting / time)),
          OptionalDouble.empty());
    }
  }

  /** A stage before it is held against another; its runs are at least one. */
  public record Weighed(String name, List<Run> runs) {
    public Weighed {
      runs = List.copyOf(runs);
    }
  }

  /** Each is held against the one before. */
  public static Investigation inTurn(List<Weighed> stages) {
    return of(stages, false, List.of());
  }

  /** Each is held against the first. */
  public static Investigation ofVariants(List<Weighed> stages, List<String> notes) {
    return of(stages, true, notes);
  }

  private static Investigation of(List<Weighed> all, boolean areVariants, List<String> notes) {
    List<Stage> stages = new ArrayList<>();
    for (Weighed one : all) {
      Snapshot state = together(one);
      Optional<Difference> returned = stages.isEmpty()
          ? Optional.empty()
          : Optional.of(Differences.of((areVariants ? stages.getFirst() : stages.getLast()).state(), state));
      stages.add(new Stage(one.name(), state, median(one.runs().stream().map(Run::peakBytes)), one.runs().size(),
          returned));
    }
    return new Investigation(stages, areVariants,
        Differences.of(stages.getFirst().state(), stages.getLast().state()), notes);
  }

  /** Of several runs the median, and what they differ by as noise: within a run that ends, levels rise and fall anyway. */
  private static Snapshot together(Weighed stage) {
    List<Snapshot> states = stage.runs().stream().map(Run::state).toList();
    Snapshot first = states.getFirst();
    if (states.size() == 1) {
      return named(stage.name(), first, first.amounts(), first.itemsPerSecond(), first.gcShare());
    }
    Map<String, Amount> amounts = new LinkedHashMap<>();
    states.stream().flatMap(state -> state.amounts().keySet().stream()).distinct()
        .forEach(id -> amounts.put(id, together(states.stream().flatMap(state -> amount(state, id).stream()).toList())));
    return named(stage.name(), first, amounts, median(states.stream().map(Snapshot::itemsPerSecond)),
        median(states.stream().map(Snapshot::gcShare)));
  }

  /** A ledger names every byte: an account that it does not name is empty. A run without a ledger says nothing of any. */
  private static Optional<Amount> amount(Snapshot state, String id) {
    Amount known = state.amounts().get(id);
    return known == null && Account.byId(id).isPresent() && state.amounts().containsKey(Timelines.UNEXPLAINED)
        ? Optional.of(atOneMoment(0))
        : Optional.ofNullable(known);
  }

  private static Snapshot named(String name, Snapshot state, Map<String, Amount> amounts, OptionalDouble rate,
      OptionalDouble collecting) {
    return new Snapshot(name, state.target(), state.at(), amounts, rate, collecting);
  }

  private static Amount atOneMoment(double bytes) {
    return new Amount(SeriesUnit.BYTES, bytes, Math.max(LEAST_NOISE, SHARE * bytes));
  }

  private static Amount together(List<Amount> runs) {
    double[] levels = runs.stream().mapToDouble(Amount::level).sorted().toArray();
    double level = middle(levels);
    double least = runs.getFirst().unit() == SeriesUnit.BYTES ? Math.max(LEAST_NOISE, SHARE * level) : 1;
    double apart = Math.max(levels[levels.length - 1] - level, level - levels[0]);
    return new Amount(runs.getFirst().unit(), level, Math.max(least, apart));
  }

  private static OptionalDouble median(Stream<OptionalDouble> values) {
    double[] known = values.filter(OptionalDouble::isPresent).mapToDouble(OptionalDouble::getAsDouble).sorted()
        .toArray();
    return known.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(middle(known));
  }

  private static double middle(double[] sorted) {
    int at = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[at] : (sorted[at - 1] + sorted[at]) / 2;
  }

  private static OptionalDouble peak(Timeline timeline) {
    Function<String, OptionalDouble> highest = id -> timeline.series(id).stream()
        .flatMapToDouble(series -> series.points().stream().mapToDouble(point -> point.value())).max();
    return Stream.of(SeriesNames.RSS_PEAK, SeriesNames.RSS).map(highest).filter(OptionalDouble::isPresent)
        .reduce((a, b) -> OptionalDouble.of(Math.max(a.getAsDouble(), b.getAsDouble())))
        .orElse(OptionalDouble.empty());
  }
}
