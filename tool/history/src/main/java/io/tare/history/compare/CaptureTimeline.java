package io.tare.history.compare;

import io.tare.ledger.EvidenceReader;
import io.tare.ledger.Explanation;
import io.tare.ledger.evidence.Evidence;
import io.tare.ledger.runtimes.hotspot.Jvm;
import io.tare.model.capture.Capture;
import io.tare.model.history.Series;
import io.tare.model.history.Series.Point;
import io.tare.model.history.Series.SeriesUnit;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.Timeline;
import io.tare.model.jvm.PerfData;
import io.tare.model.ledger.Entry;
import io.tare.model.ledger.Ledger;
import io.tare.model.report.Net;
import io.tare.model.report.Report;
import io.tare.model.report.Scales;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** Adds captures one by one, oldest first, so that only their figures stay in memory. */
public final class CaptureTimeline {
  private final Map<String, List<Point>> points = new LinkedHashMap<>();
  private final Map<String, SeriesUnit> units = new LinkedHashMap<>();
  private final List<Instant> moments = new ArrayList<>();
  private String target = "";
  private OptionalLong limit = OptionalLong.empty();

  /** The time line of captures in any order. */
  public static Timeline of(List<Capture> captures) {
    CaptureTimeline line = new CaptureTimeline();
    captures.stream().sorted((a, b) -> a.takenAt().compareTo(b.takenAt())).forEach(line::add);
    return line.timeline();
  }

  public void add(Capture capture) {
    Report report = Explanation.explain(capture);
    Instant at = capture.takenAt();
    moments.add(at);
    target = report.target().name() + ", pid " + report.target().pid();
    limit = report.scales().group().map(Scales.Group::limitBytes).orElse(limit);
    CaptureFigures.of(report, EvidenceReader.read(capture)).forEach((id, figure) -> add(id, figure, at));
  }

  /** What a JVM's counters alone tell between two captures: cheap enough for every second. */
  public void add(Instant at, PerfData counters) {
    CaptureFigures.of(counters).forEach((id, figure) -> add(id, figure, at));
  }

  private void add(String id, CaptureFigures.Figure figure, Instant at) {
    List<Point> series = points.computeIfAbsent(id, any -> new ArrayList<>());
    // A counter of collections that did not move has no new floor to tell.
    if (!figure.onlyAfter().isEmpty() && !moved(figure.onlyAfter())) {
      return;
    }
    series.add(new Point(at, figure.value()));
    units.put(id, figure.unit());
  }

  private boolean moved(String counter) {
    List<Point> series = points.getOrDefault(counter, List.of());
    return !series.isEmpty() && series.getLast().value() > 0
        && (series.size() == 1 || series.getLast().value() > series.get(series.size() - 2).value());
  }

  public Timeline timeline() {
    List<Series> series = points.entrySet().stream()
        .map(entry -> new Series(entry.getKey(), Optional.ofNullable(units.get(entry.getKey()))
            .orElse(SeriesUnit.BYTES), entry.getValue()))
        .toList();
    Instant from = moments.isEmpty() ? Instant.EPOCH : moments.getFirst();
    return new Timeline(target, from, moments.isEmpty() ? from : moments.getLast(), series, List.of(), limit,
        Optional.empty());
  }
}

/** What one capture adds to each series. */
final class CaptureFigures {
  private static final String GENERATION = "sun.gc.generation.";

  private final Map<String, Figure> figures = new LinkedHashMap<>();

  /**
   * A reading.
   *
   * @param onlyAfter the counter that must have moved for the reading to be a new one; empty where every reading is
   */
  record Figure(double value, SeriesUnit unit, String onlyAfter) {}

  private CaptureFigures() {}

  static Map<String, Figure> of(Report report, Evidence evidence) {
    CaptureFigures figures = new CaptureFigures();
    figures.scales(report.scales());
    report.ledger().ifPresent(figures::ledger);
    report.net().map(Net::bytes).ifPresent(net -> {
      figures.bytes(SeriesNames.NET, OptionalLong.of(net.mostBytes()));
      figures.bytes(SeriesNames.NET_LEAST, OptionalLong.of(net.leastBytes()));
    });
    Jvm.of(evidence).perf().ifPresent(figures::jvm);
    figures.count(SeriesNames.THREADS, LongStream.of(evidence.kernel().tasks().size()).filter(n -> n > 0).findFirst());
    return figures.figures;
  }

  static Map<String, Figure> of(PerfData counters) {
    CaptureFigures figures = new CaptureFigures();
    figures.jvm(counters);
    return figures.figures;
  }

  private void scales(Scales scales) {
    bytes(SeriesNames.RSS, OptionalLong.of(scales.rssBytes()));
    bytes(SeriesNames.RSS_ANON, scales.rssAnonBytes());
    bytes(SeriesNames.RSS_FILE, scales.rssFileBytes());
    bytes(SeriesNames.SWAP, scales.swapBytes());
    scales.group().ifPresent(group -> {
      bytes(SeriesNames.CGROUP_USAGE, group.usageBytes());
      bytes(SeriesNames.CGROUP_FILE, group.pageCacheBytes());
      bytes(SeriesNames.WORKING_SET, group.workingSetBytes());
    });
  }

  private void ledger(Ledger ledger) {
    Map<String, Long> sums = new LinkedHashMap<>();
    for (Entry entry : ledger.entries()) {
      sums.merge(entry.account().id(), entry.residentBytes(), Long::sum);
    }
    sums.forEach((id, bytes) -> bytes(id, OptionalLong.of(bytes)));
    bytes("unexplained", OptionalLong.of(ledger.unexplainedBytes()));
  }

  private void jvm(PerfData jvm) {
    long young = jvm.number("sun.gc.collector.0.invocations").orElse(0);
    long whole = jvm.number("sun.gc.collector.1.invocations").orElse(0)
        + jvm.number("sun.gc.collector.2.invocations").orElse(0);
    counter(SeriesNames.GC_RUNS, young + whole);
    counter(SeriesNames.GC_WHOLE_RUNS, whole);
    bytes(SeriesNames.HEAP_USED, used(jvm, true));
    used(jvm, false).ifPresent(floor -> figures.put(SeriesNames.HEAP_FLOOR,
        new Figure(floor, SeriesUnit.BYTES, SeriesNames.GC_RUNS)));
    count(SeriesNames.CLASSES, classes(jvm));
    counter(SeriesNames.GC_NANOS, LongStream.range(0, 3)
        .flatMap(i -> jvm.number("sun.gc.collector." + i + ".time").stream()).sum());
  }

  private static OptionalLong classes(PerfData jvm) {
    OptionalLong loaded = jvm.number("java.cls.loadedClasses");
    return loaded.isEmpty()
        ? loaded
        : OptionalLong.of(loaded.getAsLong() + jvm.number("java.cls.sharedLoadedClasses").orElse(0)
            - jvm.number("java.cls.unloadedClasses").orElse(0)
            - jvm.number("java.cls.sharedUnloadedClasses").orElse(0));
  }

  /** Old and survivor spaces are counted anew at the end of each collection; eden is what came since. */
  private static OptionalLong used(PerfData jvm, boolean withEden) {
    boolean hasEden = jvm.number(GENERATION + "0.space.1.used").isPresent();
    return LongStream.range(0, 2).boxed()
        .flatMap(generation -> LongStream.range(0, 3).boxed()
            .filter(space -> withEden || !hasEden || generation != 0 || space != 0)
            .map(space -> jvm.number(GENERATION + generation + ".space." + space + ".used")))
        .flatMapToLong(OptionalLong::stream).reduce(Long::sum);
  }

  private void bytes(String id, OptionalLong value) {
    value.ifPresent(bytes -> figures.put(id, new Figure(bytes, SeriesUnit.BYTES, "")));
  }

  private void count(String id, OptionalLong value) {
    value.ifPresent(count -> figures.put(id, new Figure(count, SeriesUnit.COUNT, "")));
  }

  private void counter(String id, long value) {
    figures.put(id, new Figure(value, SeriesUnit.COUNT_COUNTER, ""));
  }
}
