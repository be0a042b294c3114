package io.tare.model.history;

import java.util.List;
import java.util.Optional;
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
}
