package io.tare.history.log;

import io.tare.model.history.Point;
import io.tare.model.history.Series;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.SeriesUnit;
import io.tare.model.history.Timeline;
import io.tare.model.jvm.GcEvent;
import io.tare.model.jvm.GcEvent.Heap;
import io.tare.model.jvm.GcEvent.Sort;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A collection log as a time line: the heap's floor after each collection, and which collections looked at all of it. */
final class GcTimeline {
  private final List<Point> floor = new ArrayList<>();
  private final List<Point> used = new ArrayList<>();
  private final List<Point> committed = new ArrayList<>();
  private final List<Point> runs = new ArrayList<>();
  private final List<Point> whole = new ArrayList<>();
  private final List<Point> pauses = new ArrayList<>();
  private long lastNumber = -1;
  private double paused;

  private GcTimeline() {}

  /** Empty where the events have no times. */
  static Optional<Timeline> of(String name, List<GcEvent> events) {
    if (events.isEmpty() || events.stream().anyMatch(event -> GcTimes.of(event).isEmpty())) {
      return Optional.empty();
    }
    GcTimeline line = new GcTimeline();
    Instant first = GcTimes.of(events.getFirst()).orElseThrow();
    line.whole.add(new Point(first.minusMillis(1), 0));
    events.forEach(event -> line.add(event, GcTimes.of(event).orElseThrow()));
    return Optional.of(new Timeline(name, first, GcTimes.of(events.getLast()).orElseThrow(), line.series(), List.of(),
        OptionalLong.empty(), Optional.empty()));
  }

  private void add(GcEvent event, Instant at) {
    if (event.pauseMillis().isPresent()) {
      paused += event.pauseMillis().getAsDouble() * 1e6;
      pauses.add(new Point(at, paused));
    }
    if (event.sort() == Sort.WHOLE || event.sort() == Sort.MARKED) {
      whole.add(new Point(at, whole.size()));
    }
    if (event.sort() != Sort.MARKED) {
      event.heap().ifPresent(heap -> add(event.number(), heap, at));
    }
  }

  /** A concurrent collection may free memory twice: the second time counts. */
  private void add(long number, Heap heap, Instant at) {
    if (number == lastNumber && !floor.isEmpty()) {
      floor.removeLast();
    } else {
      runs.add(new Point(at, runs.size() + 1));
      used.add(new Point(at, heap.beforeBytes()));
    }
    lastNumber = number;
    floor.add(new Point(at, heap.afterBytes()));
    heap.committedBytes().ifPresent(bytes -> committed.add(new Point(at, bytes)));
  }

  private List<Series> series() {
    return List.of(new Series(SeriesNames.HEAP_FLOOR, SeriesUnit.BYTES, floor),
        new Series(SeriesNames.HEAP_USED, SeriesUnit.BYTES, used),
        new Series(SeriesNames.HEAP_COMMITTED, SeriesUnit.BYTES, committed),
        new Series(SeriesNames.GC_RUNS, SeriesUnit.COUNT_COUNTER, runs),
        new Series(SeriesNames.GC_WHOLE_RUNS, SeriesUnit.COUNT_COUNTER, whole),
        new Series(SeriesNames.GC_NANOS, SeriesUnit.NANOS_COUNTER, pauses));
  }
}
