package io.tare.app.who;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.profile.AllocationReport;
import io.tare.model.profile.TypeCensus;
import io.tare.model.profile.TypeCensus.Cost;
import io.tare.model.profile.TypeCensus.Live;
import io.tare.model.profile.TypeCensus.Truth;
import io.tare.model.profile.TypeCensus.TypeCount;
import io.tare.profile.Censuses;
import io.tare.report.look.TextOptions;
import io.tare.report.profile.AllocationText;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CensusReportTest {
  private static final TypeCensus BEFORE = census(Truth.CONSISTENT, new TypeCount("byte[]", "", 10, 1_000),
      new TypeCount("app.Gone", "", 3, 72), new TypeCount("app.Same", "", 1, 24));
  private static final TypeCensus NOW = census(Truth.TORN, new TypeCount("byte[]", "", 8, 800),
      new TypeCount("app.Leak", "", 100, 2_400), new TypeCount("app.Same", "", 1, 24));

  private static TypeCensus census(Truth truth, TypeCount... types) {
    return new TypeCensus("hotspot", truth, 1, List.of(types), 0, new Cost(1_234, 900, 3 << 20, 2));
  }

  @Test
  void aDifferenceNamesWhatMovedMostFirstAndWhatIsGone() {
    TypeCensus difference = Censuses.difference(NOW, BEFORE);
    assertThat(difference.types()).containsExactly(new TypeCount("app.Leak", "", 100, 2_400),
        new TypeCount("byte[]", "", -2, -200), new TypeCount("app.Gone", "", -3, -72));
    assertThat(difference.truth()).as("as bad as the worse of both").isEqualTo(Truth.TORN);
    assertThat(Censuses.difference(BEFORE, NOW).truth()).isEqualTo(Truth.TORN);
  }

  @Test
  void typesOfOneNameAndDifferentModulesAreDifferent() {
    TypeCensus now = census(Truth.CONSISTENT, new TypeCount("Node", "a", 2, 96), new TypeCount("Node", "b", 1, 48));
    TypeCensus before = census(Truth.CONSISTENT, new TypeCount("Node", "a", 1, 48), new TypeCount("Node", "b", 1, 48));
    assertThat(Censuses.difference(now, before).types()).containsExactly(new TypeCount("Node", "a", 1, 48));
  }

  private static String text(TypeCensus census, boolean compared) {
    return AllocationText.render(new AllocationReport("app", Optional.of(census), Optional.empty(), compared, List.of(),
        List.of(), List.of()), TextOptions.plain(120));
  }

  @Test
  void theTextTellsSharesTheMomentAndTheCost() {
    assertThat(text(BEFORE, false)).contains("objects by class").contains("91.2 %").contains("byte[]")
        .contains(
            "The counts belong to one moment. Counting took 1.23 s and read 3.00 MB; the process was not stopped");
    assertThat(text(NOW, false)).contains("the counts are torn").doesNotContain("belong to one moment");
  }

  @Test
  void ofWhatIsReachedTheTextSaysThatItIsTheLeast() {
    String whole = text(BEFORE.live(new Live(3 << 20, 9 << 20, 0, 0)), false);
    assertThat(whole.replaceAll("\\s+", " ")).contains("those that are reached").contains("So much lives at least")
        .contains("3.00 MB of it lies in the old generation, which holds 9.00 MB").doesNotContain("nobody needs")
        .doesNotContain("stacks of");
    assertThat(text(NOW.live(new Live(3 << 20, 9 << 20, 2, 0)), false).replaceAll("\\s+", " "))
        .contains("more lives than this").contains("The stacks of 2 running threads were not read");
  }

  @Test
  void aChangeHasItsSign() {
    assertThat(text(Censuses.difference(NOW, BEFORE), true)).contains("+100").contains("-2").contains("app.Gone")
        .doesNotContain("app.Same").doesNotContain("%");
  }
}
