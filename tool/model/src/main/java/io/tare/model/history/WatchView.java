package io.tare.model.history;

import io.tare.model.history.Story.GcLoad;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What the screen of {@code tare watch} shows at one moment of one process.
 *
 * @param ledgerAgeMillis how old the accounts are; empty when there are none yet
 * @param scales gross and its parts, swap, the container's charge
 * @param accounts of the last ledger, the biggest first
 * @param counts threads, classes, file descriptors
 * @param gc of the last minute
 * @param alerts what is wrong now, in sentences
 * @param verdict whether it leaks, as far as it was watched; at most a minute old
 */
public record WatchView(RecordedProcess process, long epochMillis, long sinceMillis, OptionalLong netBytes,
    OptionalLong ledgerAgeMillis, List<WatchRow> scales, List<WatchRow> heap, List<WatchRow> accounts,
    List<WatchRow> counts, Optional<GcLoad> gc, List<Mark> marks, List<String> alerts, Optional<String> endedBy,
    Optional<LeakVerdict> verdict) {
  public WatchView {
    scales = List.copyOf(scales);
    heap = List.copyOf(heap);
    accounts = List.copyOf(accounts);
    counts = List.copyOf(counts);
    marks = List.copyOf(marks);
    alerts = List.copyOf(alerts);
  }

  /** Gross as last read; 0 when it never was. */
  public long grossBytes() {
    return scales.stream().filter(row -> row.id().equals(SeriesNames.RSS)).mapToLong(WatchRow::value).findFirst()
        .orElse(0);
  }

  /**
   * One thing on the screen of {@code tare watch}.
   *
   * @param id an account, or a series
   * @param value bytes, or a count
   * @param change since the watch began
   * @param perHour how fast it grows, when there are enough readings to tell
   * @param recent readings, the oldest first, evenly spaced
   */
  public record WatchRow(String id, long value, long change, OptionalDouble perHour, List<Double> recent) {
    public WatchRow {
      recent = List.copyOf(recent);
    }
  }
}
