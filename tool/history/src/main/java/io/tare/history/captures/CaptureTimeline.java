package io.tare.history.captures;

import io.tare.ledger.EvidenceReader;
import io.tare.ledger.Explanation;
import io.tare.model.capture.Capture;
import io.tare.model.history.Point;
import io.tare.model.history.Series;
import io.tare.model.history.SeriesUnit;
import io.tare.model.history.Timeline;
import io.tare.model.jvm.PerfData;
import io.tare.model.report.Report;
import io.tare.model.report.Scales;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

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
