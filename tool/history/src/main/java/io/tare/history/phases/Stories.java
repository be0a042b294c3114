package io.tare.history.phases;

import io.tare.history.recording.Entry;
import io.tare.history.recording.RecordedTrack;
import io.tare.history.recording.Recording;
import io.tare.history.recording.SampleTable;
import io.tare.history.recording.Timelines;
import io.tare.model.history.AccountChange;
import io.tare.model.history.GcLoad;
import io.tare.model.history.SampleColumn;
import io.tare.model.history.Story;
import io.tare.model.history.Weighing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Tells each track of a recording as a story. */
public final class Stories {
  private Stories() {}

  public static List<Story> of(Recording recording) {
    List<String> closing = closing(recording);
    return recording.tracks().stream().map(track -> of(track, closing)).toList();
  }

  private static Story of(RecordedTrack track, List<String> closing) {
    SampleTable samples = track.samples();
    Instant from = Timelines.from(track);
    int peakRow = peakRow(samples);
    List<Weighing> ledgers = track.weighings();
    Optional<Weighing> heaviest = ledgers.stream().max(Comparator.comparingLong(Weighing::grossBytes));
    Optional<Weighing> last = ledgers.isEmpty() ? Optional.empty() : Optional.of(ledgers.getLast());
    int lastRow = samples.size() - 1;
    return new Story(track.process(), from, Timelines.to(track), samples.size(), ledgers.size(),
        ledgers.isEmpty() ? Optional.empty() : Optional.of(ledgers.getFirst()), Phases.of(track),
        peakRow < 0 ? from : Instant.ofEpochMilli(samples.epochMillis(peakRow)), value(samples, peakRow),
        kernelPeak(samples), heaviest, last, value(samples, lastRow), cameBack(heaviest, last),
        lastRow > 0 ? gc(samples) : Optional.empty(), track.ending(), closing);
  }

  private static Optional<GcLoad> gc(SampleTable samples) {
    int first = 0;
    while (first < samples.size() - 1 && Double.isNaN(samples.value(SampleColumn.GC_RUNS, first))) {
      first++;
    }
    return GcLoads.between(samples, first, samples.size() - 1);
  }

  private static List<AccountChange> cameBack(Optional<Weighing> heaviest, Optional<Weighing> last) {
    return Phases.changes(heaviest, last).stream().filter(change -> change.changeBytes() < 0).toList();
  }

  private static int peakRow(SampleTable samples) {
    int peak = -1;
    for (int row = 0; row < samples.size(); row++) {
      if (peak < 0 || samples.value(SampleColumn.RSS, row) > samples.value(SampleColumn.RSS, peak)) {
        peak = row;
      }
    }
    return peak;
  }

  private static long value(SampleTable samples, int row) {
    return row < 0 ? 0 : (long) samples.value(SampleColumn.RSS, row);
  }

  private static OptionalLong kernelPeak(SampleTable samples) {
    for (int row = samples.size() - 1; row >= 0; row--) {
      double peak = samples.value(SampleColumn.RSS_PEAK, row);
      if (!Double.isNaN(peak)) {
        return OptionalLong.of((long) peak);
      }
    }
    return OptionalLong.empty();
  }

  private static List<String> closing(Recording recording) {
    List<String> sentences = new ArrayList<>();
    long wall = 0;
    long processor = 0;
    for (Recording.Run run : recording.runs()) {
      wall += run.wallMillis();
      processor += run.processorMillis();
      if (!run.isClosed()) {
        sentences.add("the recorder that began at " + Instant.ofEpochMilli(run.opened().epochMillis())
            + " is still at work, or was killed: what it wrote until then is here");
      }
    }
    if (wall > 0) {
      sentences.add(String.format(Locale.ROOT, "recording cost %.2f %% of one processor (%.1f s in %.1f s)",
          100.0 * processor / wall, processor / 1000.0, wall / 1000.0));
    }
    recording.notes().stream().map(Entry.Noted::words).forEach(sentences::add);
    recording.problems().forEach(problem -> sentences.add(problem.message()));
    return sentences;
  }
}
