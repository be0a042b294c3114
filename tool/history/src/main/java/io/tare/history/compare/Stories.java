package io.tare.history.compare;

import io.tare.history.recording.Entry;
import io.tare.history.recording.Recording;
import io.tare.history.recording.Recording.RecordedTrack;
import io.tare.history.recording.SampleTable;
import io.tare.history.recording.Timelines;
import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import io.tare.model.history.Series.Point;
import io.tare.model.history.Story;
import io.tare.model.history.Story.AccountChange;
import io.tare.model.history.Story.GcLoad;
import io.tare.model.history.Weighing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;

/** Tells each track of a recording as a story. */
public final class Stories {
  private Stories() {}

  public static List<Story> of(Recording recording) {
    List<String> closing = closing(recording);
    Optional<Story.Family> family = Families.of(recording.tracks());
    return recording.tracks().stream().map(track -> of(track, family, closing)).toList();
  }

  private static Story of(RecordedTrack track, Optional<Story.Family> family, List<String> closing) {
    SampleTable samples = track.samples();
    Instant from = Timelines.from(track);
    int peakRow = peakRow(samples);
    List<Weighing> ledgers = track.ofTheLastProgram();
    Optional<Weighing> heaviest = ledgers.stream().max(Comparator.comparingLong(Weighing::grossBytes));
    Optional<Weighing> last = ledgers.isEmpty() ? Optional.empty() : Optional.of(ledgers.getLast());
    int lastRow = lastKnown(samples);
    return new Story(track.process(), from, Timelines.to(track), samples.size(), ledgers.size(),
        ledgers.isEmpty() ? Optional.empty() : Optional.of(ledgers.getFirst()), Phases.of(track),
        peakRow < 0 ? from : Instant.ofEpochMilli(samples.epochMillis(peakRow)), value(samples, peakRow),
        kernelPeak(track), heaviest, last, value(samples, lastRow), grew(ledgers, heaviest),
        cameBack(heaviest, last), killsBefore(samples),
        lastRow > 0 ? gc(samples) : Optional.empty(), strain(samples), family, track.ending(), closing);
  }

  private static Optional<GcLoad> gc(SampleTable samples) {
    int first = 0;
    while (first < samples.size() - 1 && Double.isNaN(samples.value(SampleColumn.GC_RUNS, first))) {
      first++;
    }
    return GcLoads.between(samples, first, samples.size() - 1);
  }

  private static List<AccountChange> grew(List<Weighing> ledgers, Optional<Weighing> heaviest) {
    return Phases.changes(ledgers.stream().findFirst(), heaviest).stream().filter(change -> change.changeBytes() > 0)
        .toList();
  }

  private static Story.Strain strain(SampleTable samples) {
    return new Story.Strain(counted(samples, SampleColumn.MAJOR_FAULTS),
        counted(samples, SampleColumn.GROUP_WAIT_NANOS), counted(samples, SampleColumn.MACHINE_WAIT_NANOS),
        counted(samples, SampleColumn.SWAPPED_IN));
  }

  /** What came to a counter between its first reading and its last; empty where it was not read twice, or began anew. */
  private static OptionalLong counted(SampleTable samples, SampleColumn counter) {
    List<Point> points = samples.points(counter);
    if (points.size() < 2) {
      return OptionalLong.empty();
    }
    double more = points.getLast().value() - points.getFirst().value();
    return more < 0 ? OptionalLong.empty() : OptionalLong.of((long) more);
  }

  private static long killsBefore(SampleTable samples) {
    for (int row = 0; row < samples.size(); row++) {
      double kills = samples.value(SampleColumn.OOM_KILLS, row);
      if (!Double.isNaN(kills)) {
        return (long) kills;
      }
    }
    return 0;
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

  private static int lastKnown(SampleTable samples) {
    int row = samples.size() - 1;
    while (row >= 0 && Double.isNaN(samples.value(SampleColumn.RSS, row))) {
      row--;
    }
    return row;
  }

  private static OptionalLong kernelPeak(RecordedTrack track) {
    OptionalLong told = track.ending().map(end -> end.usage().peakBytes()).orElse(OptionalLong.empty());
    OptionalLong kept = keptPeak(track.samples());
    return told.isPresent() && told.getAsLong() >= kept.orElse(0) ? told : kept;
  }

  private static OptionalLong keptPeak(SampleTable samples) {
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

  /** What collecting cost between two readings, and its grade. */
  public static final class GcLoads {
    private static final double GOOD_FROM = 0.01;
    private static final double CONCERNING_FROM = 0.05;
    private static final double BAD_ABOVE = 0.10;
    /** A program that mostly waits uses so little processor time that any collection is a large share of it, and harmless. */
    private static final double BUSY_FROM = 0.05;

    private GcLoads() {}

    /** Below 1 % excellent, to 5 % good, to 10 % concerning, above that bad. */
    public static String grade(double share) {
      if (share < GOOD_FROM) {
        return "excellent";
      }
      return share < CONCERNING_FROM ? "good" : share <= BAD_ABOVE ? "concerning" : "bad";
    }

    /** Between two rows of the readings; empty where no collector was seen at work or too little time passed to tell. */
    public static Optional<GcLoad> between(SampleTable samples, int first, int last) {
      return of(column -> samples.value(column, last) - samples.value(column, first),
          samples.epochMillis(last) - samples.epochMillis(first));
    }

    public static Optional<GcLoad> between(Sample first, Sample last) {
      return of(column -> first.has(column) && last.has(column)
          ? last.raw(column) - first.raw(column)
          : Double.NaN, last.epochMillis() - first.epochMillis());
    }

    private static Optional<GcLoad> of(ToDoubleFunction<SampleColumn> change, long millis) {
      double runs = change.applyAsDouble(SampleColumn.GC_RUNS);
      double processor = change.applyAsDouble(SampleColumn.CPU_NANOS);
      double collector = change.applyAsDouble(SampleColumn.GC_CPU_NANOS);
      double paused = change.applyAsDouble(SampleColumn.GC_NANOS);
      double passed = millis * 1e6;
      if (Double.isNaN(runs) || runs < 0) {
        return Optional.empty();
      }
      if (collector >= 0 && processor > 0 && processor >= passed * BUSY_FROM) {
        double share = Math.min(1, collector / processor);
        return Optional.of(new GcLoad((long) runs, share, true, grade(share)));
      }
      if (paused >= 0 && passed > 0) {
        double share = Math.min(1, paused / passed);
        return Optional.of(new GcLoad((long) runs, share, false, grade(share)));
      }
      return Optional.empty();
    }
  }
}
