package io.tare.history.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.history.recording.Entry;
import io.tare.history.recording.SampleRecordings;
import io.tare.history.watch.Alert.AlertParser;
import io.tare.history.watch.Alert.BadAlert;
import io.tare.model.history.WatchView;
import io.tare.model.history.WatchView.WatchRow;
import io.tare.model.history.Weighing.WeighingReason;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is known of a watched process. */
class WatchStateTest {
  private static final long MB = 1 << 20;
  private final WatchState state = new WatchState(SampleRecordings.ORDERS);

  private void minutes(int minutes, long perMinute) {
    for (int second = 0; second <= minutes * 60; second++) {
      state.accept(new Entry.Sampled(1, SampleRecordings.sample(SampleRecordings.START + second * 1000L,
          100 * MB + second * perMinute / 60, -1)));
    }
  }

  @Test
  void growthIsTheMedianSlopeAnHour() throws BadAlert {
    minutes(5, MB);
    assertThat(state.value(AlertParser.parse("growth(rss) > 1MB/h")).orElseThrow() / MB).isBetween(59.0, 61.0);
  }

  @Test
  void aFewSecondsAreTooLittleToTellGrowth() throws BadAlert {
    for (int second = 0; second < 30; second++) {
      state.accept(
          new Entry.Sampled(1, SampleRecordings.sample(SampleRecordings.START + second * 1000L, second * MB, -1)));
    }
    assertThat(state.value(AlertParser.parse("growth(rss) > 1MB/h"))).isEmpty();
  }

  @Test
  void theFloorOfTheHeapStandsForWhatLivesWhereNoLedgerTells() throws BadAlert {
    assertThat(state.value(AlertParser.parse("heap.live > 1MB"))).isEmpty();
    state.accept(new Entry.Sampled(1, SampleRecordings.sample(SampleRecordings.START, 100 * MB, 30 * MB)));
    state.accept(new Entry.Sampled(1, SampleRecordings.sample(SampleRecordings.START + 1000, 100 * MB, -1)));
    assertThat(state.value(AlertParser.parse("heap.live > 1MB"))).hasValue(30.0 * MB);
  }

  @Test
  void anAccountThatIsGoneFromTheLedgerIsZero() throws BadAlert {
    state.accept(new Entry.Weighed(1, SampleRecordings.weighing(SampleRecordings.START, WeighingReason.TURN, 50, 10)));
    state.accept(new Entry.Weighed(1, new io.tare.model.history.Weighing(SampleRecordings.START + 60_000,
        WeighingReason.TURN, 50, java.util.OptionalLong.empty(), java.util.Map.of("heap.used", 50L), 0, 1)));
    assertThat(state.value(AlertParser.parse("malloc.used > 1"))).hasValue(0);
  }

  @Test
  void theViewHasTheAccountsBiggestFirst() {
    minutes(1, 0);
    state.accept(new Entry.Weighed(1, SampleRecordings.weighing(SampleRecordings.START + 61_000, WeighingReason.TURN,
        50 * MB, 10 * MB)));
    WatchView view = state.view(List.of("an alert"));
    assertThat(view.accounts()).extracting(WatchRow::id).containsExactly("heap.used", "malloc.used", "unexplained");
    assertThat(view.grossBytes()).isEqualTo(100 * MB);
    assertThat(view.alerts()).containsExactly("an alert");
  }
}
