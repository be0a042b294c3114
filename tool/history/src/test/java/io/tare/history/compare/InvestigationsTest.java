package io.tare.history.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.history.compare.Investigations.Run;
import io.tare.history.compare.Investigations.Weighed;
import io.tare.history.recording.Entry;
import io.tare.history.recording.SampleRecordings;
import io.tare.model.history.Difference;
import io.tare.model.history.Investigation;
import io.tare.model.history.Investigation.Stage;
import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import io.tare.model.history.Series.SeriesUnit;
import io.tare.model.history.Snapshot;
import io.tare.model.history.Snapshot.Amount;
import io.tare.model.history.Weighing;
import io.tare.model.history.Weighing.WeighingReason;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What each change returned, and what is left. */
class InvestigationsTest {
  private static final double MB = 1 << 20;

  private static Run run(Map<String, Double> megabytes) {
    Map<String, Amount> amounts = new LinkedHashMap<>();
    megabytes.forEach((id, level) -> amounts.put(id, new Amount(SeriesUnit.BYTES, level * MB, MB)));
    return new Run(new Snapshot("", "orders", Instant.EPOCH, amounts, OptionalDouble.empty(), OptionalDouble.empty()),
        OptionalDouble.empty());
  }

  private static Weighed stage(String name, double... gross) {
    return new Weighed(name, Arrays.stream(gross).mapToObj(one -> run(Map.of("rss", one))).toList());
  }

  private static List<Double> changes(Investigation investigation) {
    return investigation.stages().stream().flatMap(one -> one.returned().stream())
        .map(difference -> difference.scales().getFirst().change().orElseThrow() / MB).toList();
  }

  @Test
  void stagesAreHeldAgainstTheOneBeforeAndVariantsAgainstTheFirst() {
    List<Weighed> stages = List.of(stage("as it was", 200), stage("mapped", 120), stage("no cache", 90));
    Investigation inTurn = Investigations.inTurn(stages);
    assertThat(changes(inTurn)).containsExactly(-80.0, -30.0);
    assertThat(inTurn.whole().summary()).startsWith("Gross fell by 110 MB, 55 %");
    assertThat(inTurn.stages().getFirst().returned()).isEmpty();
    Investigation variants = Investigations.ofVariants(stages, List.of());
    assertThat(changes(variants)).containsExactly(-80.0, -110.0);
    assertThat(variants.stages()).extracting(Stage::name).containsExactly("as it was", "mapped", "no cache");
  }

  @Test
  void ofSeveralRunsTheMedianCountsAndWhatTheyDifferByIsNoise() {
    Investigation investigation = Investigations.ofVariants(
        List.of(stage("a", 100, 101, 140), stage("b", 75, 76, 77), stage("c", 20, 21, 22)), List.of());
    Stage first = investigation.stages().getFirst();
    assertThat(first.state().amounts().get("rss")).isEqualTo(new Amount(SeriesUnit.BYTES, 101 * MB, 39 * MB));
    assertThat(first.runs()).isEqualTo(3);
    assertThat(investigation.stages()).extracting(one -> one.returned().map(moved -> moved.scales().getFirst().moved()))
        .containsExactly(Optional.empty(), Optional.of(false), Optional.of(true));
  }

  /** Of three runs one had no ledger near its peak, and one named no memory of its own. */
  @Test
  void aLedgerThatDoesNotNameAnAccountHasNoneOfItAndARunWithoutALedgerSaysNothing() {
    Weighed stage = new Weighed("a", List.of(run(Map.of("rss", 100.0)),
        run(Map.of("rss", 100.0, "unexplained", 0.0, "malloc.mmapped", 60.0)),
        run(Map.of("rss", 100.0, "unexplained", 0.0))));
    Investigation investigation = Investigations.inTurn(List.of(stage, stage("b", 50)));
    assertThat(investigation.stages().getFirst().state().amounts().get("malloc.mmapped").level()).isEqualTo(30 * MB);
    assertThat(investigation.whole().summary())
        .isEqualTo("Gross fell by 50.0 MB, 50 %; what the accounts did no ledger tells.");
    assertThat(investigation.whole().accounts()).noneMatch(Difference.Line::moved);
  }

  private static Run atPeak(long peakMegabytes, long ledgerMegabytes) {
    long[] values = Sample.noValues();
    values[SampleColumn.RSS.index()] = peakMegabytes << 20;
    Weighing ledger = new Weighing(SampleRecordings.START, WeighingReason.BASELINE, ledgerMegabytes << 20,
        OptionalLong.of(5 << 20), Map.of("mapped", (ledgerMegabytes - 10) << 20), 10 << 20, 1);
    return Run.atPeak("a", SampleRecordings.recording(List.of(new Entry.Opened(SampleRecordings.START, "0.1", 1000),
        new Entry.Target(SampleRecordings.START, 1, SampleRecordings.ORDERS),
        new Entry.Sampled(1, Sample.of(SampleRecordings.START, values)), new Entry.Weighed(1, ledger)))
        .tracks().getFirst());
  }

  @Test
  void aRunIsMadeOfWhatALedgerNearItsPeakTellsAndOfNothingKnownWithoutOne() {
    assertThat(atPeak(100, 80).state().amounts()).containsOnlyKeys("rss", "net", "mapped", "unexplained")
        .hasEntrySatisfying("rss", gross -> assertThat(gross.level()).isEqualTo(100 * MB))
        .hasEntrySatisfying("mapped", mapped -> assertThat(mapped.level()).isEqualTo(70 * MB));
    assertThat(atPeak(100, 79).state().amounts()).containsOnlyKeys("rss");
  }
}
