package io.tare.history.log;

import io.tare.model.history.LabelledReading;
import io.tare.model.history.Mark;
import io.tare.model.history.Point;
import io.tare.model.history.Series;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.SeriesUnit;
import io.tare.model.history.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Labelled readings as a time line. Where the lines have no times their order is kept, and nothing is said per hour. */
final class LabelTimeline {
  private static final Map<String, String> BYTES = Map.of("Direct", "direct", "RSS", SeriesNames.RSS, "RssAnon",
      SeriesNames.RSS_ANON, "RssFile", SeriesNames.RSS_FILE, "HeapIdle", "heap.idle", "CgroupUsage",
      SeriesNames.CGROUP_USAGE);
  private static final Map<String, String> COUNTS = Map.of("Threads", SeriesNames.THREADS, "Classes",
      SeriesNames.CLASSES);

  private final Map<String, List<Point>> points = new LinkedHashMap<>();
  private final Map<String, SeriesUnit> units = new LinkedHashMap<>();
  private final List<Mark> marks = new ArrayList<>();
  private OptionalLong limit = OptionalLong.empty();

  private LabelTimeline() {}

  static Optional<Timeline> of(String name, List<LabelledReading> readings) {
    if (readings.size() < 2) {
      return Optional.empty();
    }
    boolean timed = readings.stream().allMatch(reading -> time(reading).isPresent());
    LabelTimeline line = new LabelTimeline();
    for (int i = 0; i < readings.size(); i++) {
      Instant inOrder = Instant.EPOCH.plusMillis(i);
      line.add(readings.get(i), timed ? time(readings.get(i)).orElse(inOrder) : inOrder);
    }
    List<Series> series = line.points.entrySet().stream()
        .map(entry -> new Series(entry.getKey(), line.unit(entry.getKey()), entry.getValue())).toList();
    return Optional.of(new Timeline(name, line.marks.getFirst().at(), line.marks.getLast().at(), series, line.marks,
        line.limit, Optional.empty()));
  }

  private static Optional<Instant> time(LabelledReading reading) {
    OptionalLong uptime = reading.value("Uptime");
    return reading.at().isPresent() || uptime.isEmpty()
        ? reading.at()
        : Optional.of(Instant.ofEpochMilli(uptime.getAsLong()));
  }

  private void add(LabelledReading reading, Instant at) {
    marks.add(new Mark(at, reading.label(), reading.value("Items"), "log"));
    BYTES.forEach((key, id) -> add(reading.value(key), id, SeriesUnit.BYTES, at));
    COUNTS.forEach((key, id) -> add(reading.value(key), id, SeriesUnit.COUNT, at));
    add(reading.value(LabelSummary.HEAP), SeriesNames.HEAP_USED, SeriesUnit.BYTES, at);
    add(reading.value("NumGC"), SeriesNames.GC_RUNS, SeriesUnit.COUNT_COUNTER, at);
    if (LabelSummary.isAfterCollection(reading.label())) {
      add(reading.value(LabelSummary.HEAP), SeriesNames.HEAP_FLOOR, SeriesUnit.BYTES, at);
      add(reading.value("HeapObjects"), "objects", SeriesUnit.COUNT, at);
      // The program asked for this collection, so that it looked at the whole heap.
      add(OptionalLong.of(1 + points.getOrDefault(SeriesNames.GC_WHOLE_RUNS, List.of()).size()),
          SeriesNames.GC_WHOLE_RUNS, SeriesUnit.COUNT_COUNTER, at);
    }
    limit = reading.value("CgroupLimit").isPresent() ? reading.value("CgroupLimit") : limit;
  }

  private void add(OptionalLong value, String id, SeriesUnit unit, Instant at) {
    value.ifPresent(number -> {
      points.computeIfAbsent(id, any -> new ArrayList<>()).add(new Point(at, number));
      units.put(id, unit);
    });
  }

  private SeriesUnit unit(String id) {
    return units.getOrDefault(id, SeriesUnit.BYTES);
  }
}
