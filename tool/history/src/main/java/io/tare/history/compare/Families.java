package io.tare.history.compare;

import io.tare.history.recording.Recording.RecordedTrack;
import io.tare.history.recording.SampleTable;
import io.tare.history.recording.Timelines;
import io.tare.model.history.SampleColumn;
import io.tare.model.history.Series.Point;
import io.tare.model.history.Story.Family;
import io.tare.model.history.Story.Family.Member;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A program and what it starts, weighed together: at each moment the last PSS that was read of each that lives. */
final class Families {
  private Families() {}

  /** Empty unless several were recorded whose PSS was read. */
  static Optional<Family> of(List<RecordedTrack> tracks) {
    List<Life> lives = tracks.stream().map(Life::of).filter(life -> life.shares.length > 0).toList();
    if (lives.size() < 2) {
      return Optional.empty();
    }
    List<Step> steps = lives.stream().flatMap(life -> life.steps().stream())
        .sorted(Comparator.comparingLong(Step::atMillis)).toList();
    double sum = 0;
    double most = -1;
    long mostAt = 0;
    for (int i = 0; i < steps.size(); i++) {
      sum += steps.get(i).more();
      boolean momentEnds = i + 1 == steps.size() || steps.get(i + 1).atMillis() > steps.get(i).atMillis();
      if (momentEnds && sum > most) {
        most = sum;
        mostAt = steps.get(i).atMillis();
      }
    }
    return Optional.of(at(mostAt, lives, tracks.size() - lives.size()));
  }

  private static Family at(long atMillis, List<Life> lives, long unread) {
    List<Member> members = new ArrayList<>();
    double rss = 0;
    for (Life life : lives) {
      double bytes = life.shareAt(atMillis);
      if (bytes > 0) {
        members.add(new Member(life.track.process().pid(), life.track.process().label(), (long) bytes));
        rss += life.rssAt(atMillis);
      }
    }
    members.sort(Comparator.comparingLong(Member::bytes).reversed());
    return new Family(Instant.ofEpochMilli(atMillis), members.stream().mapToLong(Member::bytes).sum(), (long) rss,
        members, unread);
  }

  /** What the sum changes by at a moment. */
  private record Step(long atMillis, double more) {}

  /** One process from its first reading to its end. */
  private static final class Life {
    private final RecordedTrack track;
    private final long[] moments;
    private final double[] shares;
    private final long endMillis;

    private Life(RecordedTrack track, long[] moments, double[] shares) {
      this.track = track;
      this.moments = moments;
      this.shares = shares;
      endMillis = track.ending().isPresent() ? Timelines.to(track).toEpochMilli() : Long.MAX_VALUE;
    }

    static Life of(RecordedTrack track) {
      List<Point> points = track.samples().points(SampleColumn.PSS);
      return new Life(track, points.stream().mapToLong(point -> point.at().toEpochMilli()).toArray(),
          points.stream().mapToDouble(Point::value).toArray());
    }

    List<Step> steps() {
      List<Step> steps = new ArrayList<>();
      double before = 0;
      for (int i = 0; i < moments.length; i++) {
        steps.add(new Step(moments[i], shares[i] - before));
        before = shares[i];
      }
      if (endMillis < Long.MAX_VALUE) {
        steps.add(new Step(endMillis, -before));
      }
      return steps;
    }

    double shareAt(long atMillis) {
      double share = 0;
      for (int i = 0; i < moments.length && moments[i] <= atMillis; i++) {
        share = shares[i];
      }
      return atMillis < endMillis ? share : 0;
    }

    double rssAt(long atMillis) {
      SampleTable samples = track.samples();
      double rss = 0;
      for (int row = 0; row < samples.size() && samples.epochMillis(row) <= atMillis; row++) {
        double value = samples.value(SampleColumn.RSS, row);
        rss = Double.isNaN(value) ? rss : value;
      }
      return rss;
    }
  }
}
