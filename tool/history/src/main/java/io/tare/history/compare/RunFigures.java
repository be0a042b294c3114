package io.tare.history.compare;

import io.tare.history.recording.Recording.RecordedTrack;
import io.tare.history.recording.SampleTable;
import io.tare.history.recording.Timelines;
import io.tare.model.history.Ending;
import io.tare.model.history.Ending.Usage;
import io.tare.model.history.SampleColumn;
import io.tare.model.history.Weighing;
import io.tare.model.trial.Measure;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** What a run came to, in one number a measure; what was not measured is not there. */
public final class RunFigures {
  private final RecordedTrack track;
  private final SampleTable samples;
  private final Map<Measure, Double> figures = new EnumMap<>(Measure.class);

  private RunFigures(RecordedTrack track) {
    this.track = track;
    samples = track.samples();
  }

  public static Map<Measure, Double> of(RecordedTrack track) {
    return new RunFigures(track).figures();
  }

  private Map<Measure, Double> figures() {
    OptionalDouble peak = highest(SampleColumn.RSS_PEAK, SampleColumn.RSS);
    put(Measure.PEAK, track.ending().map(Ending::usage).map(Usage::peakBytes).filter(OptionalLong::isPresent)
        .map(bytes -> OptionalDouble.of(Math.max((double) bytes.getAsLong(), peak.orElse(0)))).orElse(peak));
    put(Measure.SETTLED, settled());
    heaviest().ifPresent(ledger -> {
      figures.put(Measure.NET, (double) ledger.netBytes().orElseThrow());
      figures.put(Measure.TARE, (double) ledger.grossBytes() - ledger.netBytes().orElseThrow());
    });
    put(Measure.RATE, Snapshots.throughput(track.marks()));
    put(Measure.CPU, track.ending().map(Ending::usage).map(Usage::cpuNanos).filter(OptionalLong::isPresent)
        .map(nanos -> OptionalDouble.of(nanos.getAsLong() / 1e9)).orElseGet(() -> seconds(SampleColumn.CPU_NANOS)));
    double millis = Duration.between(Timelines.from(track), Timelines.to(track)).toMillis();
    put(Measure.TIME, millis > 0 ? OptionalDouble.of(millis / 1e3) : OptionalDouble.empty());
    put(Measure.COLLECTING, seconds(SampleColumn.GC_NANOS));
    put(Measure.HEAP, column(SampleColumn.HEAP_FLOOR).filter(floor -> floor > 0).max());
    return figures;
  }

  private void put(Measure measure, OptionalDouble value) {
    value.ifPresent(known -> figures.put(measure, known));
  }

  private DoubleStream column(SampleColumn column) {
    return IntStream.range(0, samples.size()).mapToDouble(row -> samples.value(column, row)).filter(Double::isFinite);
  }

  private OptionalDouble highest(SampleColumn... columns) {
    return Arrays.stream(columns).flatMapToDouble(this::column).max();
  }

  /** The median of the readings in the later half of the time. */
  private OptionalDouble settled() {
    if (samples.size() == 0) {
      return OptionalDouble.empty();
    }
    long middle = (samples.epochMillis(0) + samples.epochMillis(samples.size() - 1)) / 2;
    double[] later = IntStream.range(0, samples.size()).filter(row -> samples.epochMillis(row) >= middle)
        .mapToDouble(row -> samples.value(SampleColumn.RSS, row)).filter(Double::isFinite).sorted().toArray();
    return later.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(later[later.length / 2]);
  }

  /** What a process has counted since its start. */
  private OptionalDouble seconds(SampleColumn counter) {
    OptionalDouble nanos = column(counter).max();
    return nanos.isPresent() ? OptionalDouble.of(nanos.getAsDouble() / 1e9) : nanos;
  }

  private Optional<Weighing> heaviest() {
    return track.weighings().stream().filter(ledger -> ledger.netBytes().isPresent())
        .max(Comparator.comparingLong(Weighing::grossBytes));
  }
}
