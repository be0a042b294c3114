package io.tare.model.history;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One process over time, ready to be judged: what a recording, a log or a simulation comes down to.
 *
 * @param target
 *            in words, for people: {@code orders.jar, pid 4711}
 * @param endedBy
 *            how the process ended, in words, if its end was seen
 * @param countings
 *            its objects by name, where they were counted, oldest first
 */
public record Timeline(String target, Instant from, Instant to, List<Series> series, List<Mark> marks,
    OptionalLong limitBytes, Optional<String> endedBy, List<Counting> countings) {
  public Timeline {
    series = List.copyOf(series);
    marks = List.copyOf(marks);
    countings = List.copyOf(countings);
  }

  /** Of a process whose objects were not counted. */
  public Timeline(String target, Instant from, Instant to, List<Series> series, List<Mark> marks,
      OptionalLong limitBytes, Optional<String> endedBy) {
    this(target, from, to, series, marks, limitBytes, endedBy, List.of());
  }

  public Optional<Series> series(String id) {
    return series.stream().filter(one -> one.id().equals(id)).findFirst();
  }
}
