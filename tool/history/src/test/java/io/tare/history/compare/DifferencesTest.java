package io.tare.history.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.history.Difference;
import io.tare.model.history.Mark;
import io.tare.model.history.Series;
import io.tare.model.history.Series.Point;
import io.tare.model.history.Series.SeriesUnit;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.Snapshot;
import io.tare.model.history.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.LongToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DifferencesTest {
  private static final double MB = 1 << 20;

  private static Series series(String id, SeriesUnit unit, LongToDoubleFunction level) {
    return new Series(id, unit, LongStream.range(0, 600)
        .mapToObj(second -> new Point(Instant.ofEpochSecond(second), level.applyAsDouble(second))).toList());
  }

  private static Timeline line(double idle, double wobble, long itemsEach, double gcShare) {
    return new Timeline("orders", Instant.EPOCH, Instant.ofEpochSecond(600), List.of(
        series(SeriesNames.RSS, SeriesUnit.BYTES, second -> (200 + idle) * MB),
        series("malloc.idle", SeriesUnit.BYTES, second -> idle * MB),
        series("malloc.used", SeriesUnit.BYTES, second -> (50 + (second % 60 < 30 ? wobble : -wobble)) * MB),
        series(SeriesNames.GC_NANOS, SeriesUnit.NANOS_COUNTER, second -> second * 1e9 * gcShare)),
        List.of(new Mark(Instant.ofEpochSecond(100), "TICK", OptionalLong.of(0), "page"),
            new Mark(Instant.ofEpochSecond(500), "TICK", OptionalLong.of(400 * itemsEach), "page")),
        OptionalLong.empty(), Optional.empty());
  }

  @Test
  void aRemedyIsProvedWithItsPriceAndNoiseIsSetApart() {
    Difference difference = Differences.of(Snapshots.of("before", line(80, 5, 1000, 0.02)),
        Snapshots.of("after", line(10, 6, 900, 0.05)));
    assertThat(difference.accounts()).filteredOn(Difference.Line::moved).extracting(Difference.Line::id)
        .containsExactly("malloc.idle");
    assertThat(difference.scales().getFirst().change()).hasValue(-70 * MB);
    assertThat(difference.summary()).contains("Gross fell by 70.0 MB", "malloc.idle \u221270.0 MB");
    assertThat(String.join("\n", difference.notes())).contains("throughput 1,000 items per second before, 900 after",
        "collections took 2.00 % of the time before, 4.99 after");
  }

  private static OptionalDouble throughput(Map<String, Long> itemsByLabel) {
    List<Mark> marks = new ArrayList<>();
    itemsByLabel.forEach((label, items) -> marks
        .add(new Mark(Instant.ofEpochSecond(10L * marks.size()), label, OptionalLong.of(items), "page")));
    return Snapshots.throughput(marks);
  }

  /** Three marks in twenty seconds, five in forty. */
  @Test
  void whatIsCountedAnewInEachPhaseIsAddedByLabel() {
    Map<String, Long> once = new LinkedHashMap<>();
    once.put("START", 0L);
    once.put("LOADED", 50L);
    once.put("END", 100L);
    assertThat(throughput(once)).hasValue(5);
    Map<String, Long> phases = new LinkedHashMap<>();
    phases.put("FILLED", 900L);
    phases.put("PREPARE_BATCH_1", 100L);
    phases.put("PREPARE_BATCH_9", 900L);
    phases.put("FINALIZE_BATCH_1", 100L);
    phases.put("FINALIZE_BATCH_9", 900L);
    assertThat(throughput(phases)).hasValue(2 * 800 / 40.0);
  }

  @Test
  void withoutThroughputThePriceIsNotKnownAndSaidSo() {
    Timeline bare = new Timeline("a", Instant.EPOCH, Instant.EPOCH,
        List.of(new Series("malloc.used", SeriesUnit.BYTES, List.of(new Point(Instant.EPOCH, MB)))), List.of(),
        OptionalLong.empty(), Optional.empty());
    Difference difference = Differences.of(Snapshots.of("a", bare), Snapshots.of("b", bare));
    assertThat(difference.notes()).singleElement().asString().contains("price is not known");
    assertThat(difference.accounts()).noneMatch(Difference.Line::moved);
  }

  @Test
  void anAccountOfOneSideOnlyIsShownWithoutALevelOnTheOther() {
    Timeline without = new Timeline("a", Instant.EPOCH, Instant.EPOCH, List.of(), List.of(), OptionalLong.empty(),
        Optional.empty());
    Difference.Line line = Differences.of(Snapshots.of("a", without), Snapshots.of("b", line(8, 0, 1, 0))).accounts()
        .stream().filter(one -> one.id().equals("malloc.idle")).findFirst().orElseThrow();
    assertThat(line.before()).isEmpty();
    assertThat(line.after()).hasValue(8 * MB);
    assertThat(line.change()).as("missing is not zero").isEmpty();
    assertThat(line.moved()).isFalse();
  }

  /** The half without a ledger knows nothing of accounts; one with a ledger knows that what it does not name is nothing. */
  @Test
  void aLedgerNamesEveryByteAndNoLedgerNamesNone() {
    Snapshot none = snapshot(Map.of("rss", 200.0));
    Snapshot first = snapshot(Map.of("rss", 200.0, "unexplained", 0.0, "heap.used", 90.0));
    Snapshot later = snapshot(Map.of("rss", 200.0, "unexplained", 0.0, "heap.live", 40.0, "mapped", 30.0));
    Difference unknown = Differences.of(none, first);
    assertThat(change(unknown, "heap.used")).isEmpty();
    assertThat(unknown.notes()).contains("Not known before, and not compared: heap.used, unexplained.");
    assertThat(unknown.summary()).doesNotContain("heap.used");
    Difference known = Differences.of(first, later);
    assertThat(change(known, "mapped")).hasValue(30 * MB);
    assertThat(change(known, "heap.used")).as("said in other words").isEmpty();
    assertThat(change(known, "heap.live")).isEmpty();
  }

  /** As two captures of a steady service under G1 were, twenty seconds apart. */
  @Test
  void aHeapThatBreathesHasNotMovedInTwoMoments() {
    Difference breath = Differences.of(moment(Map.of("rss", 300.0, "heap.used", 200.0, "heap.idle", 10.0, "malloc.used",
        1.7, "malloc.idle", 7.5, "heap.used.now", 195.0)),
        moment(Map.of("rss", 216.0, "heap.used", 52.0, "heap.idle", 71.0, "malloc.used", 7.9, "malloc.idle", 1.3,
            "heap.used.now", 50.0)));
    assertThat(breath.summary()).isEqualTo(
        "Gross did not change by more than noise (\u221284.0 MB); no account moved by more than noise.");
    Difference shrunk = Differences.of(moment(Map.of("rss", 500.0, "heap.used", 200.0, "heap.idle", 200.0)),
        moment(Map.of("rss", 300.0, "heap.used", 190.0, "heap.idle", 10.0)));
    assertThat(shrunk.summary()).startsWith("Gross fell by 200 MB, 40 %");
  }

  @Test
  void whatHasNoHeapDoesNotBreathe() {
    Difference difference = Differences.of(moment(Map.of("rss", 100.0, "malloc.used", 40.0, "malloc.idle", 30.0)),
        moment(Map.of("rss", 110.0, "malloc.used", 60.0, "malloc.idle", 20.0)));
    assertThat(difference.summary())
        .isEqualTo("Gross rose by 10.0 MB, 10 %; most of it: malloc.used +20.0 MB, malloc.idle \u221210.0 MB.");
  }

  private static Snapshot moment(Map<String, Double> megabytes) {
    return Snapshots.of("a", new Timeline("orders", Instant.EPOCH, Instant.EPOCH, megabytes.entrySet().stream()
        .map(one -> new Series(one.getKey(), SeriesUnit.BYTES, List.of(new Point(Instant.EPOCH, one.getValue() * MB))))
        .toList(), List.of(), OptionalLong.empty(), Optional.empty()));
  }

  private static OptionalDouble change(Difference difference, String id) {
    return difference.accounts().stream().filter(one -> one.id().equals(id)).findFirst().orElseThrow().change();
  }

  private static Snapshot snapshot(Map<String, Double> megabytes) {
    Map<String, Snapshot.Amount> amounts = new LinkedHashMap<>();
    megabytes.forEach((id, level) -> amounts.put(id, new Snapshot.Amount(SeriesUnit.BYTES, level * MB, MB)));
    return new Snapshot("a", "orders", Instant.EPOCH, amounts, OptionalDouble.empty(), OptionalDouble.empty());
  }
}
