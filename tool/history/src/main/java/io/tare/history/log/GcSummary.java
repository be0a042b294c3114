package io.tare.history.log;

import io.tare.model.history.LogSummary.Cause;
import io.tare.model.history.LogSummary.Collections;
import io.tare.model.history.LogSummary.Pauses;
import io.tare.model.jvm.GcEvent;
import io.tare.model.jvm.GcEvent.Heap;
import io.tare.model.jvm.GcEvent.Sort;
import io.tare.model.jvm.GcLog;
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
}
