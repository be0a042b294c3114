package io.tare.app.trial;

import io.tare.formats.NotThisFormat;
import io.tare.history.compare.Investigations;
import io.tare.history.compare.Investigations.Weighed;
import io.tare.history.live.RecordingFiles;
import io.tare.history.recording.Recording.RecordedTrack;
import io.tare.model.history.Investigation;
import io.tare.trial.Trials.Run;
import io.tare.trial.Turns.Turn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@code tare try} kept in its folder, a stage a variant. */
public final class TrialStages {
  private TrialStages() {}

  /** The variants that ran, each held against the first of them; fails where there are not two. */
  public static Investigation of(Path folder) throws IOException {
    TrialFolder trial = new TrialFolder(folder);
    List<String> settings = trial.settings();
    List<Run> runs = trial.done();
    List<Weighed> stages = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (int i = 0; i < settings.size(); i++) {
      int variant = i;
      List<Investigations.Run> weighed = new ArrayList<>();
      for (Run run : runs.stream().filter(one -> one.variant() == variant && one.failure().isEmpty()).toList()) {
        weighed(trial.recording(new Turn(run.variant(), run.round())), settings.get(i)).ifPresent(weighed::add);
      }
      if (weighed.isEmpty()) {
        notes.add(settings.get(i) + " is left out: none of its runs came to its end.");
      } else {
        stages.add(new Weighed(settings.get(i), weighed));
      }
    }
    if (stages.size() < 2) {
      throw new IOException(folder + " holds runs of " + (stages.isEmpty() ? "no variant" : "one variant only")
          + ": there is nothing to hold against another");
    }
    return Investigations.ofVariants(stages, notes);
  }

  private static Optional<Investigations.Run> weighed(Path recording, String name) throws IOException {
    try {
      List<RecordedTrack> tracks = RecordingFiles.open(recording).tracks();
      return tracks.isEmpty()
          ? Optional.empty()
          : Optional.of(Investigations.Run.atPeak(name, tracks.getFirst()));
    } catch (NotThisFormat broken) {
      return Optional.empty();
    }
  }
}
