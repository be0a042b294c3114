package io.tare.history.log;

import io.tare.model.history.LogSummary.Cause;
import io.tare.model.history.LogSummary.Collections;
import io.tare.model.history.LogSummary.Pauses;
import io.tare.model.history.Series;
import io.tare.model.history.Series.Point;
import io.tare.model.history.Series.SeriesUnit;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.Timeline;
import io.tare.model.jvm.GcEvent;
import io.tare.model.jvm.GcEvent.Heap;
import io.tare.model.jvm.GcEvent.Sort;
import io.tare.model.jvm.GcLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Adds up a collection log. */
final class GcSummary {
  private GcSummary() {}

  static Optional<Collections> of(GcLog log, List<GcEvent> events) {
    List<GcEvent> sized = events.stream().filter(event -> event.heap().isPresent() && event.sort() != Sort.MARKED)
        .toList();
    if (sized.isEmpty()) {
      return Optional.empty();
    }
    List<Heap> heaps = sized.stream().map(event -> event.heap().orElseThrow()).toList();
    OptionalLong committed = heaps.stream().flatMapToLong(heap -> heap.committedBytes().stream()).max();
    return Optional.of(new Collections(log.collector(), log.version(), seconds(events),
        sized.stream().mapToLong(GcEvent::number).distinct().count(),
        events.stream().filter(e -> e.sort() == Sort.WHOLE || e.sort() == Sort.MARKED).mapToLong(GcEvent::number)
            .distinct().count(),
        heaps.stream().mapToLong(Heap::freedBytes).sum(), allocated(heaps),
        heaps.stream().mapToLong(Heap::beforeBytes).max().orElse(0), committed,
        heaps.stream().mapToLong(Heap::afterBytes).min().orElse(0), heaps.getLast().afterBytes(), pauses(events),
        log.cpuSeconds() > 0 ? OptionalDouble.of(log.cpuSeconds()) : OptionalDouble.empty(), causes(sized)));
  }

  private static double seconds(List<GcEvent> events) {
    return GcTimes.of(events.getFirst())
        .flatMap(from -> GcTimes.of(events.getLast()).map(to -> GcTimes.secondsBetween(from, to))).orElse(0.0);
  }

  /** What filled the heap between the end of one collection and the start of the next. */
  private static long allocated(List<Heap> heaps) {
    long allocated = heaps.getFirst().beforeBytes();
    for (int i = 1; i < heaps.size(); i++) {
      allocated += Math.max(0, heaps.get(i).beforeBytes() - heaps.get(i - 1).afterBytes());
    }
    return allocated;
  }

  private static Pauses pauses(List<GcEvent> events) {
    double[] millis = events.stream().flatMapToDouble(event -> event.pauseMillis().stream()).sorted().toArray();
    return new Pauses(millis.length, Arrays.stream(millis).sum(), at(millis, 0.5), at(millis, 0.9), at(millis, 0.99),
        at(millis, 1));
  }

  private static double at(double[] sorted, double part) {
    return sorted.length == 0 ? 0 : sorted[(int) Math.max(0, Math.ceil(part * sorted.length) - 1)];
  }

  private static List<Cause> causes(List<GcEvent> events) {
    Map<String, Cause> causes = new LinkedHashMap<>();
    for (GcEvent event : events) {
      causes.merge(event.what() + "\n" + event.cause(),
          new Cause(event.what(), event.cause(), 1, event.heap().orElseThrow().freedBytes(),
              event.pauseMillis().orElse(0)),
          (a, b) -> new Cause(a.what(), a.cause(), a.count() + b.count(), a.freedBytes() + b.freedBytes(),
              a.pauseMillis() + b.pauseMillis()));
    }
    return causes.values().stream().sorted(Comparator.comparingLong(Cause::count).reversed()).toList();
  }

  /** A collection log as a time line: the heap's floor after each collection, and which collections looked at all of it. */
  static final class GcTimeline {
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

  /** When events happened: by the wall clock, or by the JVM's own since its start. */
  static final class GcTimes {
    private GcTimes() {}

    /** Files of a rotated log may have been given in any order. */
    static List<GcEvent> inOrder(List<GcEvent> events) {
      boolean timed = events.stream().allMatch(event -> of(event).isPresent());
      return timed
          ? events.stream().sorted(Comparator.comparing(event -> of(event).orElse(Instant.EPOCH))).toList()
          : events;
    }

    /** Where only the uptime is known, the start of the JVM is taken for the start of 1970. */
    static Optional<Instant> of(GcEvent event) {
      if (event.at().isPresent()) {
        return event.at();
      }
      return event.uptimeSeconds().isPresent()
          ? Optional.of(Instant.ofEpochMilli(Math.round(event.uptimeSeconds().getAsDouble() * 1000)))
          : Optional.empty();
    }

    static double secondsBetween(Instant from, Instant to) {
      return (to.toEpochMilli() - from.toEpochMilli()) / 1e3;
    }
  }
}
