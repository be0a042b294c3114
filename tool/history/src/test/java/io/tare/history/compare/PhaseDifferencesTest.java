package io.tare.history.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.history.Difference.PhaseDifference;
import io.tare.model.history.Story.AccountChange;
import io.tare.model.history.Story.StoryPhase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PhaseDifferencesTest {
  private static final long MB = 1 << 20;

  @Test
  void onlyPhasesThatBothHaveAreComparedAccountByAccount() {
    List<StoryPhase> before = List.of(phase("", "START", 5, List.of()),
        phase("START", "LOADED", 10, List.of(change("heap.used", 8), change("malloc.used", 2))),
        phase("LOADED", "OLD", 1, List.of(change("heap.used", 1))));
    List<StoryPhase> after = List.of(phase("START", "LOADED", 40, List.of(change("malloc.used", 40))),
        phase("LOADED", "NEW", 1, List.of()));
    PhaseDifference only = PhaseDifferences.of(before, after).getFirst();
    assertThat(PhaseDifferences.of(before, after)).hasSize(1);
    assertThat(only.toLabel()).isEqualTo("LOADED");
    assertThat(only.afterBytes() - only.beforeBytes()).isEqualTo(30 * MB);
    assertThat(only.accounts()).extracting(PhaseDifference.PhaseLine::id).containsExactly("malloc.used", "heap.used");
    assertThat(only.accounts()).extracting(PhaseDifference.PhaseLine::differenceBytes).containsExactly(38 * MB,
        -8 * MB);
  }

  @Test
  void ofAPhaseThatWasNotWeighedNobodyKnowsWhatMoved() {
    List<StoryPhase> before = List.of(phase("A", "B", 10, List.of()));
    List<StoryPhase> after = List.of(phase("A", "B", 10, List.of(change("heap.used", 10))));
    assertThat(PhaseDifferences.of(before, after).getFirst().accounts()).singleElement()
        .satisfies(line -> assertThat(line.beforeBytes()).isEmpty());
  }

  private static AccountChange change(String account, long megabytes) {
    return new AccountChange(account, MB, MB + megabytes * MB);
  }

  private static StoryPhase phase(String from, String to, long grossMegabytes, List<AccountChange> changes) {
    return new StoryPhase(from, to, 1, Instant.EPOCH, 1_000, OptionalLong.empty(), 100 * MB,
        (100 + grossMegabytes) * MB, 200 * MB, OptionalLong.empty(), OptionalLong.empty(), Optional.empty(), changes);
  }
}
