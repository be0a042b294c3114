package io.tare.app.trial;

import io.tare.formats.NotThisFormat;
import io.tare.history.live.RecordingFiles;
import io.tare.history.recording.Recording.RecordedTrack;
import io.tare.model.history.BudgetCheck;
import io.tare.model.history.BudgetCheck.Line;
import io.tare.model.history.BudgetCheck.Outcome;
import io.tare.model.history.Weighing;
import io.tare.model.trial.Growth;
import io.tare.model.trial.Growth.Shape;
import io.tare.model.trial.Measure;
import io.tare.report.TrialRenderers;
import io.tare.report.look.Units;
import io.tare.trial.GrowthFit;
import io.tare.trial.GrowthFit.Observation;
import io.tare.trial.Trials.Run;
import io.tare.trial.Turns.Turn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What {@code tare scale} measured, with the recordings in its folder, and how that grows. */
public record MeasuredSizes(List<Double> sizes, List<Run> runs, TrialFolder folder) {
  /** What {@code --scales} and {@code --require} can ask for. */
  public static final List<String> SHAPES = List.of("constant", "linear");

  private static final int MOST_ACCOUNTS = 4;
  /** A ledger that was taken elsewhere than near the peak says nothing about what the peak is made of. */
  private static final double OF_THE_PEAK = 0.9;
  private static final String PEAK = "peak memory";
  private static final String ITEMS = " items";

  public MeasuredSizes {
    sizes = List.copyOf(sizes);
    runs = List.copyOf(runs);
  }

  /** How many runs there should be is not known of a folder: those that are there count. */
  public static MeasuredSizes of(Path folder) throws IOException {
    TrialFolder trial = new TrialFolder(folder);
    List<Double> sizes = new ArrayList<>();
    for (String settings : trial.settings()) {
      if (!settings.matches("\\d{1,16}" + ITEMS)) {
        throw new IOException(folder + " holds a trial, but not one of 'tare scale': " + settings + " is no size");
      }
      sizes.add(Double.parseDouble(settings.substring(0, settings.length() - ITEMS.length())));
    }
    return new MeasuredSizes(sizes, trial.done(), trial);
  }

  static String settings(double size) {
    return plain(size) + ITEMS;
  }

  static String plain(double size) {
    return Long.toString(Math.round(size));
  }

  List<Growth> growths(List<Double> to, OptionalDouble limit) throws IOException {
    List<Growth> growths = new ArrayList<>();
    for (Measure measure : List.of(Measure.PEAK, Measure.CPU)) {
      List<Observation> seen = observations(measure);
      if (!seen.isEmpty()) {
        growths.add(GrowthFit.fit(measure == Measure.PEAK ? PEAK : "processor time", measure.unit(), seen, to,
            measure == Measure.PEAK ? limit : OptionalDouble.empty()));
      }
    }
    accounts().forEach(
        (account, seen) -> growths.add(GrowthFit.fit(account, Measure.Unit.BYTES, seen, to, OptionalDouble.empty())));
    return growths;
  }

  private List<Observation> observations(Measure measure) {
    return runs.stream().flatMap(run -> Optional.ofNullable(run.figures().get(measure))
        .map(value -> new Observation(sizes.get(run.variant()), value)).stream()).toList();
  }

  /** The accounts that are largest in the heaviest ledgers of the largest size. */
  private Map<String, List<Observation>> accounts() throws IOException {
    Map<String, List<Observation>> all = new LinkedHashMap<>();
    for (Run run : runs.stream().filter(run -> run.failure().isEmpty())
        .sorted(Comparator.comparingInt(Run::variant).reversed()).toList()) {
      double peak = run.figures().getOrDefault(Measure.PEAK, 0.0);
      Optional<Weighing> heaviest = heaviest(folder.recording(new Turn(run.variant(), run.round())))
          .filter(ledger -> ledger.grossBytes() >= OF_THE_PEAK * peak);
      if (heaviest.isPresent()) {
        if (all.isEmpty()) {
          heaviest.get().accounts().keySet().stream().limit(MOST_ACCOUNTS)
              .forEach(id -> all.put(id, new ArrayList<>()));
        }
        all.forEach((id, seen) -> seen.add(new Observation(sizes.get(run.variant()), heaviest.get().bytes(id))));
      }
    }
    return all;
  }

  private static Optional<Weighing> heaviest(Path recording) throws IOException {
    try {
      List<RecordedTrack> tracks = RecordingFiles.open(recording).tracks();
      return tracks.isEmpty()
          ? Optional.empty()
          : tracks.getFirst().weighings().stream().max(Comparator.comparingLong(Weighing::grossBytes));
    } catch (NotThisFormat broken) {
      return Optional.empty();
    }
  }

  List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (sizes.size() < GrowthFit.FEWEST_SIZES) {
      notes.add("Two sizes make a straight line of everything; three or more tell curves apart.");
    } else if (sizes.getLast() < 10 * sizes.getFirst()) {
      notes.add("The sizes span less than a factor of ten: curves are hard to tell apart.");
    }
    runs.forEach(run -> run.failure().ifPresent(why -> notes.add(plain(sizes.get(run.variant())) + " items, round "
        + (run.round() + 1) + ": " + why)));
    return notes;
  }

  /** Whether peak memory grows no worse than that: what fewer sizes than tell curves apart say is no answer. */
  public BudgetCheck check(String name, String most) {
    List<Observation> seen = observations(Measure.PEAK);
    String rule = "scales " + most;
    long told = seen.stream().mapToDouble(Observation::items).distinct().count();
    if (told < GrowthFit.FEWEST_SIZES) {
      return new BudgetCheck(name, List.of(new Line(rule, Outcome.CANNOT_TELL, "peak memory was measured at " + told
          + " sizes, and curves are told apart by " + GrowthFit.FEWEST_SIZES
          + " at least: 'tare scale --sizes 1e4,1e5,1e6 -- CMD {SIZE}'")));
    }
    Growth peak = GrowthFit.fit(PEAK, Measure.PEAK.unit(), seen, List.of(), OptionalDouble.empty());
    return new BudgetCheck(name, List.of(new Line(rule, outcome(peak.shape(), most),
        PEAK + ": " + TrialRenderers.sentence(peak, Units.BINARY))));
  }

  static Outcome outcome(Shape shape, String most) {
    Shape worst = most.equals("constant") ? Shape.CONSTANT : Shape.LINEAR;
    if (shape == Shape.UNKNOWN) {
      return Outcome.CANNOT_TELL;
    }
    return shape.compareTo(worst) > 0 ? Outcome.BROKEN : Outcome.KEPT;
  }
}
