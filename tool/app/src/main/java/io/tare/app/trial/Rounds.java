package io.tare.app.trial;

import io.tare.app.cli.Console;
import io.tare.app.cli.Signals;
import io.tare.app.trial.VariantRun.Outcome;
import io.tare.model.trial.Measure;
import io.tare.report.look.Time;
import io.tare.report.look.Units;
import io.tare.trial.Launch;
import io.tare.trial.Trials.Run;
import io.tare.trial.Turns;
import io.tare.trial.Turns.Turn;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs what is due, one at a time, and tells how it goes. */
final class Rounds {
  private final List<Launch> variants;
  private final List<Turn> turns;
  private final TrialFolder folder;
  private final Until until;
  private final Console console;
  private volatile Optional<VariantRun> current = Optional.empty();
  private volatile boolean interrupted;

  Rounds(List<Launch> variants, int rounds, TrialFolder folder, Until until, Console console) {
    this.variants = variants;
    this.turns = Turns.of(variants.size(), rounds);
    this.folder = folder;
    this.until = until;
    this.console = console;
  }

  /** Runs all that has not been run yet; the runs that are over by then, also after an interruption. */
  List<Run> play() throws IOException {
    try (Closeable _ = folder.held()) {
      return playAll();
    }
  }

  private List<Run> playAll() throws IOException {
    for (String signal : List.of("INT", "TERM", "HUP")) {
      Signals.on(signal, this::interrupt);
    }
    for (int i = 0; i < turns.size() && !interrupted; i++) {
      Turn turn = turns.get(i);
      String place = "[" + (i + 1) + "/" + turns.size() + "] " + variants.get(turn.variant()).settings();
      Optional<Run> before = folder.done(turn);
      if (before.isPresent()) {
        tell(place + ": done before");
      } else {
        play(turn, place);
      }
    }
    if (interrupted) {
      tell("interrupted; the same command line goes on where it stopped");
    }
    return folder.done(turns);
  }

  boolean isInterrupted() {
    return interrupted;
  }

  private void play(Turn turn, String place) {
    VariantRun run = new VariantRun(variants.get(turn.variant()), until, folder.recording(turn), folder.output(turn));
    current = Optional.of(run);
    if (interrupted) {
      return;
    }
    try {
      Outcome outcome = run.run();
      if (!run.isAbandoned()) {
        tell(place + ": " + words(outcome));
        keep(turn, outcome);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      interrupted = true;
    }
  }

  /** On a full disk no later run could be kept either. */
  private void keep(Turn turn, Outcome outcome) {
    try {
      folder.keep(turn, outcome);
    } catch (IOException full) {
      tell("that run could not be kept: " + full.getMessage() + "; those before it are. Make room, or name another "
          + "folder with --keep");
      interrupted = true;
    }
  }

  private static String words(Outcome outcome) {
    if (outcome.failure().isPresent()) {
      return "failed, " + outcome.failure().get();
    }
    Map<Measure, Double> figures = outcome.figures();
    return "peak " + Units.BINARY.format(Math.round(figures.getOrDefault(Measure.PEAK, 0.0))) + ", "
        + Optional.ofNullable(figures.get(Measure.TIME))
            .map(seconds -> Time.lasting(Math.round(1000 * seconds))).orElse("over too soon to be timed");
  }

  private void interrupt() {
    interrupted = true;
    current.ifPresent(VariantRun::abandon);
  }

  private void tell(String line) {
    console.err().println("tare: " + line);
  }
}
