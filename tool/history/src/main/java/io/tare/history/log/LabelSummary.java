package io.tare.history.log;

import io.tare.model.history.LabelledReading;
import io.tare.model.history.LogSummary.BatchReading;
import io.tare.model.history.LogSummary.Batches;
import io.tare.model.history.LogSummary.Forced;
import io.tare.model.history.LogSummary.Labels;
import io.tare.model.history.LogSummary.Peak;
import io.tare.model.history.LogSummary.Phase;
import io.tare.model.history.Mark;
import io.tare.model.history.Series;
import io.tare.model.history.Series.Point;
import io.tare.model.history.Series.SeriesUnit;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Adds up labelled readings: what grep, awk and sort would be asked for. */
final class LabelSummary {
  static final String HEAP = "Alloc";
  private static final List<String> PEAKS = List.of(HEAP, "Sys", "HeapInuse", "HeapIdle", "HeapObjects", "Direct",
      "Threads", "Classes", "RSS", "RssAnon", "RssFile", "CgroupUsage");

  private LabelSummary() {}

  static Optional<Labels> of(List<LabelledReading> readings, List<BatchReading> batches) {
    if (readings.isEmpty() && batches.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Labels(readings.size(), peaks(readings), phases(readings), forced(readings), runs(readings),
        batches(batches)));
  }

  private static List<Peak> peaks(List<LabelledReading> readings) {
    Map<String, Peak> peaks = new LinkedHashMap<>();
    for (LabelledReading reading : readings) {
      for (String key : PEAKS) {
        reading.value(key).ifPresent(value -> peaks.merge(key, new Peak(key, value, reading.label()),
            (a, b) -> b.value() > a.value() ? b : a));
      }
    }
    return PEAKS.stream().flatMap(key -> Optional.ofNullable(peaks.get(key)).stream()).toList();
  }

  /** The numbers in labels count what is done again and again. */
  private static String phase(String label) {
    return label.replaceAll("\\d+", "#");
  }

  private static List<Phase> phases(List<LabelledReading> readings) {
    Map<String, Phase> phases = new LinkedHashMap<>();
    LabelledReading before = null;
    for (LabelledReading reading : readings) {
      if (before != null && before.value(HEAP).isPresent() && reading.value(HEAP).isPresent()) {
        long growth = reading.value(HEAP).getAsLong() - before.value(HEAP).getAsLong();
        OptionalLong allocated = difference(reading, before, "TotalAlloc");
        phases.merge(phase(reading.label()), new Phase(phase(reading.label()), 1, growth, allocated),
            LabelSummary::sum);
      }
      before = reading;
    }
    return List.copyOf(phases.values());
  }

  private static Phase sum(Phase a, Phase b) {
    OptionalLong allocated = a.allocatedBytes().isPresent() && b.allocatedBytes().isPresent()
        ? OptionalLong.of(a.allocatedBytes().getAsLong() + b.allocatedBytes().getAsLong())
        : OptionalLong.empty();
    return new Phase(a.label(), a.count() + b.count(), a.growthBytes() + b.growthBytes(), allocated);
  }

  private static OptionalLong difference(LabelledReading later, LabelledReading earlier, String key) {
    return later.value(key).isPresent() && earlier.value(key).isPresent()
        ? OptionalLong.of(later.value(key).getAsLong() - earlier.value(key).getAsLong())
        : OptionalLong.empty();
  }

  static boolean isBeforeCollection(String label) {
    String lower = label.toLowerCase(Locale.ROOT);
    return lower.contains("before") && lower.contains("gc");
  }

  static boolean isAfterCollection(String label) {
    String lower = label.toLowerCase(Locale.ROOT);
    return lower.contains("gc") && !lower.contains("before");
  }

  private static Optional<Forced> forced(List<LabelledReading> readings) {
    List<long[]> freed = new ArrayList<>();
    OptionalLong objects = OptionalLong.of(0);
    for (int i = 1; i < readings.size(); i++) {
      LabelledReading before = readings.get(i - 1);
      LabelledReading after = readings.get(i);
      OptionalLong bytes = difference(before, after, HEAP);
      if (isAfterCollection(after.label()) && bytes.isPresent()) {
        freed.add(new long[] {before.value(HEAP).orElse(0), bytes.getAsLong()});
        OptionalLong more = difference(before, after, "HeapObjects");
        objects = objects.isPresent() && more.isPresent()
            ? OptionalLong.of(objects.getAsLong() + more.getAsLong())
            : OptionalLong.empty();
      }
    }
    return freed.isEmpty()
        ? Optional.empty()
        : Optional.of(new Forced(freed.size(), freed.stream().mapToLong(one -> one[0]).sum(),
            freed.stream().mapToLong(one -> one[1]).sum(), objects));
  }

  private static OptionalLong runs(List<LabelledReading> readings) {
    List<LabelledReading> counting = readings.stream().filter(reading -> reading.value("NumGC").isPresent()).toList();
    return counting.isEmpty() ? OptionalLong.empty() : difference(counting.getLast(), counting.getFirst(), "NumGC");
  }

  private static Optional<Batches> batches(List<BatchReading> batches) {
    if (batches.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Batches(batches.size(), batches.stream().mapToLong(BatchReading::number).max().orElse(0),
        average(batches.stream().map(BatchReading::entries).toList()),
        average(batches.stream().map(BatchReading::bytes).toList())));
  }

  private static OptionalDouble average(List<OptionalLong> values) {
    return values.stream().flatMapToLong(OptionalLong::stream).average();
  }

  /** Labelled readings as a time line. Where the lines have no times their order is kept, and nothing is said per hour. */
  static final class LabelTimeline {
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
}
