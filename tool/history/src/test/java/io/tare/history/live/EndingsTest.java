package io.tare.history.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.history.live.Endings.OomKills;
import io.tare.model.history.Ending.Cause;
import io.tare.model.history.Sample;
import org.junit.jupiter.api.Test;

/** How endings are told. */
class EndingsTest {
  private static final OomKills NONE = new OomKills(3, 3);
  private static final OomKills ONE = new OomKills(3, 4);
  private static final OomKills UNKNOWN = new OomKills(Sample.UNKNOWN, 4);

  @Test
  void anExitCodeIsAnExitCode() {
    assertThat(Endings.ofChild(1, 3, ONE)).extracting(e -> e.cause(), e -> e.code()).containsExactly(Cause.EXITED, 3);
  }

  @Test
  void aKillWithAnOomKillCountedIsOneForWantOfMemory() {
    assertThat(Endings.ofChild(1, 137, ONE).cause()).isEqualTo(Cause.OUT_OF_MEMORY);
    assertThat(Endings.ofStranger(1, 9, ONE).cause()).isEqualTo(Cause.OUT_OF_MEMORY);
  }

  @Test
  void aKillWithoutOneIsSaidToBeNone() {
    assertThat(Endings.ofChild(1, 137, NONE)).satisfies(ending -> {
      assertThat(ending.cause()).isEqualTo(Cause.SIGNALLED);
      assertThat(ending.words()).contains("SIGKILL", "counted no OOM kill");
    });
    assertThat(Endings.ofChild(1, 137, UNKNOWN).words()).as("not counted is not none").doesNotContain("OOM");
  }

  @Test
  void aStrangerThatVanishedIsNotSaidToHaveEndedWell() {
    assertThat(Endings.ofStranger(1, 0, UNKNOWN)).satisfies(ending -> {
      assertThat(ending.cause()).isEqualTo(Cause.VANISHED);
      assertThat(ending.words()).contains("only its parent is told");
    });
    assertThat(Endings.ofStranger(1, 3 << 8, NONE).code()).isEqualTo(3);
  }
}
