package io.tare.app.trial;

import io.tare.app.cli.UsageException;
import io.tare.app.operand.NamedText;
import io.tare.app.trial.VariantRun.Outcome;
import io.tare.capture.door.NewFile;
import io.tare.capture.door.NewFile.Readers;
import io.tare.capture.door.OwnFile;
import io.tare.formats.NotThisFormat;
import io.tare.history.live.RecordingFiles;
import io.tare.history.recording.Recording.RecordedTrack;
import io.tare.trial.Launch;
import io.tare.trial.Trials.Run;
import io.tare.trial.Turns.Turn;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where a trial keeps its runs: of each a recording, its output, and a line that says how it ended, written last. A run without that
 * line is run again.
 */
record TrialFolder(Path folder) {
  private static final String PLAN = "trial.txt";
  private static final String FINE = "fine";

  /** Opens a folder, or makes it; refuses one that holds another trial. */
  static TrialFolder open(Path folder, List<Launch> variants) throws IOException, UsageException {
    Files.createDirectories(folder);
    Path plan = folder.resolve(PLAN);
    String wanted = plan(variants);
    if (Files.exists(plan) && !NamedText.of(plan.toString()).equals(wanted)) {
      throw new UsageException(
          folder + " holds another trial (" + plan + " tells which); name another folder with --keep");
    }
    if (!Files.exists(plan)) {
      NewFile.write(plan, Readers.UMASK, wanted);
    }
    return new TrialFolder(folder);
  }

  /** Keeps others out until it is closed: two trials at once in one folder would overwrite each other's runs. */
  Closeable held() throws IOException {
    FileChannel plan = OwnFile.openNamed(folder.resolve(PLAN), StandardOpenOption.WRITE);
    try {
      if (plan.tryLock() != null) {
        return plan;
      }
    } catch (OverlappingFileLockException held) {
      // Held in this process: the same answer.
    }
    plan.close();
    throw new IOException(
        "a trial runs in " + folder + " at the moment: wait for its end, or name another folder with --keep");
  }

  private static String plan(List<Launch> variants) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < variants.size(); i++) {
      Launch launch = variants.get(i);
      text.append(i + 1).append(": ").append(launch.settings()).append('\n').append("   ")
          .append(String.join(" ", launch.command())).append('\n');
    }
    return text.toString();
  }

  /** What its variants were called, as the plan tells; fails where there is no trial. */
  List<String> settings() throws IOException {
    Path plan = folder.resolve(PLAN);
    if (!Files.exists(plan)) {
      throw new IOException(
          folder + " holds no trial: name the folder that 'tare try' or 'tare scale' kept its runs in");
    }
    return NamedText.of(plan.toString()).lines().filter(line -> line.matches("\\d+: .*"))
        .map(line -> line.substring(line.indexOf(": ") + 2)).toList();
  }

  Path recording(Turn turn) {
    return folder.resolve(name(turn) + ".tarerec");
  }

  Path output(Turn turn) {
    return folder.resolve(name(turn) + ".log");
  }

  private static String name(Turn turn) {
    return String.format(Locale.ROOT, "variant-%02d-round-%02d", turn.variant() + 1, turn.round() + 1);
  }

  void keep(Turn turn, Outcome outcome) throws IOException {
    NewFile.write(ended(turn), Readers.UMASK, outcome.failure().orElse(FINE) + "\n");
  }

  private Path ended(Turn turn) {
    return folder.resolve(name(turn) + ".ended");
  }

  /** The run of that turn, when it is over. */
  Optional<Run> done(Turn turn) throws IOException {
    if (!Files.exists(ended(turn))) {
      return Optional.empty();
    }
    String how = NamedText.of(ended(turn).toString()).strip();
    if (!how.equals(FINE)) {
      return Optional.of(new Run(turn.variant(), turn.round(), Map.of(), Optional.of(how)));
    }
    try {
      List<RecordedTrack> tracks = RecordingFiles.open(recording(turn)).tracks();
      return tracks.isEmpty()
          ? Optional.empty()
          : Optional.of(new Run(turn.variant(), turn.round(), VariantRun.figures(tracks.getFirst(), output(turn)),
              Optional.empty()));
    } catch (NotThisFormat broken) {
      return Optional.empty();
    }
  }

  /** All runs that are over, of as many rounds as there are. */
  List<Run> done() throws IOException {
    int variants = settings().size();
    List<Run> runs = new ArrayList<>();
    for (int round = 0, before = -1; runs.size() > before; round++) {
      before = runs.size();
      for (int variant = 0; variant < variants; variant++) {
        done(new Turn(variant, round)).ifPresent(runs::add);
      }
    }
    return runs;
  }

  List<Run> done(List<Turn> turns) throws IOException {
    List<Run> runs = new ArrayList<>();
    for (Turn turn : turns) {
      done(turn).ifPresent(runs::add);
    }
    return runs;
  }
}
