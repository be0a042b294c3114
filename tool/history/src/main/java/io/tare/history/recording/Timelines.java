package io.tare.history.recording;

import io.tare.history.recording.Recording.RecordedTrack;
import io.tare.model.history.Ending;
import io.tare.model.history.PointList;
import io.tare.model.history.SampleColumn;
import io.tare.model.history.Series;
import io.tare.model.history.Series.SeriesUnit;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.Timeline;
import io.tare.model.history.Weighing;
import io.tare.model.ledger.Account;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/**
 * A recording as timelines, one a process: the cheap readings become series of their own names, and every account of the ledgers becomes
 * one by its id.
 */
public final class Timelines {
  public static final String UNEXPLAINED = "unexplained";

  private Timelines() {}

  public static List<Timeline> of(Recording recording) {
    return recording.tracks().stream().map(Timelines::of).toList();
  }

  public static Timeline of(RecordedTrack track) {
    List<Series> series = new ArrayList<>();
    for (SampleColumn column : SampleColumn.values()) {
      if (track.samples().has(column)) {
        series.add(new Series(column.series(), column.unit(), track.samples().points(column)));
      }
    }
    series.addAll(accounts(track.ofTheLastProgram()));
    return new Timeline(track.process().words(), from(track), to(track), series, track.marks(),
        track.process().limitBytes(),
        track.ending().map(Ending::words), track.countingsOfTheLastProgram());
  }

  public static Instant from(RecordedTrack track) {
    return Instant.ofEpochMilli(first(track));
  }

  public static Instant to(RecordedTrack track) {
    return Instant.ofEpochMilli(Math.max(first(track), last(track)));
  }

  private static List<Series> accounts(List<Weighing> weighings) {
    List<Series> series = new ArrayList<>();
    List<Weighing> withNet = weighings.stream().filter(one -> one.netBytes().isPresent()).toList();
    if (!withNet.isEmpty()) {
      series.add(series(SeriesNames.NET, withNet, one -> one.netBytes().orElse(0)));
    }
    boolean isSplitElsewhere = weighings.stream().anyMatch(one -> one.accounts().containsKey(Account.MALLOC_USED.id()));
    Set<String> ids = new LinkedHashSet<>();
    weighings.forEach(one -> ids.addAll(one.accounts().keySet()));
    ids.forEach(id -> series.add(series(id, weighings.stream()
        .filter(one -> tells(one, id) && !(isSplitElsewhere && saysUnsplit(one, id))).toList(),
        one -> one.bytes(id))));
    if (!weighings.isEmpty()) {
      series.add(series(UNEXPLAINED, weighings, Weighing::unexplainedBytes));
    }
    return series;
  }

  /** Malloc as a whole, where other ledgers tell its parts: a ledger more of it would be a jump that there was not. */
  private static boolean saysUnsplit(Weighing weighing, String id) {
    return id.equals(Account.MALLOC_UNSPLIT.id()) && weighing.accounts().containsKey(id)
        && !weighing.accounts().containsKey(Account.MALLOC_USED.id());
  }

  /** An account that is not there is empty, unless the ledger says it in other words: what lives and garbage, or what is in use. */
  private static boolean tells(Weighing weighing, String id) {
    boolean knowsLive = weighing.accounts().containsKey(Account.HEAP_LIVE.id());
    if (id.equals(Account.HEAP_LIVE.id()) || id.equals(Account.HEAP_GARBAGE.id())) {
      return knowsLive;
    }
    if (id.equals(Account.HEAP_USED.id())) {
      return !knowsLive;
    }
    boolean isPartOfMalloc = id.equals(Account.MALLOC_USED.id()) || id.equals(Account.MALLOC_IDLE.id());
    return !isPartOfMalloc || weighing.accounts().containsKey(id)
        || !weighing.accounts().containsKey(Account.MALLOC_UNSPLIT.id());
  }

  private static Series series(String id, List<Weighing> weighings, Function<Weighing, Long> bytes) {
    long[] moments = weighings.stream().mapToLong(Weighing::epochMillis).toArray();
    double[] values = weighings.stream().mapToDouble(one -> bytes.apply(one)).toArray();
    return new Series(id, SeriesUnit.BYTES, new PointList(moments, values));
  }

  private static long first(RecordedTrack track) {
    OptionalLong ledger = track.weighings().stream().mapToLong(Weighing::epochMillis).min();
    long sample = track.samples().size() == 0 ? Long.MAX_VALUE : track.samples().epochMillis(0);
    long first = Math.min(sample, ledger.orElse(Long.MAX_VALUE));
    return first == Long.MAX_VALUE ? track.ending().map(Ending::epochMillis).orElse(0L) : first;
  }

  private static long last(RecordedTrack track) {
    long ledger = track.weighings().stream().mapToLong(Weighing::epochMillis).max().orElse(0);
    int rows = track.samples().size();
    long sample = rows == 0 ? 0 : track.samples().epochMillis(rows - 1);
    return Math.max(Math.max(sample, ledger), track.ending().map(Ending::epochMillis).orElse(0L));
  }
}
