package io.tare.history.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tare.history.watch.Alert.AlertParser;
import io.tare.history.watch.Alert.AlertRule;
import io.tare.history.watch.Alert.BadAlert;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Alerts as people write them, well and badly; and when they are raised. */
@Tag("slow")
class AlertParserTest {
  @Test
  void aBoundWithAHold() throws BadAlert {
    AlertRule rule = AlertParser.parse("rss.anon > 1GB for 30s");
    assertThat(rule).isEqualTo(new AlertRule("rss.anon > 1GB for 30s", "rss.anon", false, true, 1L << 30, 30_000));
  }

  @Test
  void growthHasARate() throws BadAlert {
    assertThat(AlertParser.parse("growth(malloc.used)>10MB/h")).extracting(AlertRule::isGrowth, AlertRule::bound)
        .containsExactly(true, 10.0 * (1 << 20));
    assertThat(AlertParser.parse("growth(rss) > 1MB/min").bound()).isEqualTo(60.0 * (1 << 20));
  }

  @Test
  void countsPercentAndBelow() throws BadAlert {
    assertThat(AlertParser.parse("threads > 200").bound()).isEqualTo(200);
    assertThat(AlertParser.parse("gc.share > 10%").bound()).isEqualTo(0.1);
    assertThat(AlertParser.parse("heap.live < 1.5 MB for 2 min")).extracting(AlertRule::isAbove, AlertRule::holdMillis)
        .containsExactly(false, 120_000L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "rss", "rss >", "> 1GB", "rss > big", "rss = 1GB", "rss > 1XB", "rss > 1GB/h",
      "growth(rss) > 1GB", "growth(rss > 1GB/h", "memory > 1GB", "rss > 1GB for ever", "rss > 1GB for", "rss > -1",
      "rss > 1GB; rm -rf"})
  void nonsenseIsRefusedInASentence(String text) {
    assertThatThrownBy(() -> AlertParser.parse(text)).isInstanceOf(BadAlert.class).message().isNotBlank()
        .doesNotContain("\n");
  }

  @Test
  void anUnknownNameGetsThoseThatAreClose() {
    assertThatThrownBy(() -> AlertParser.parse("malloc.usd > 1GB")).hasMessageContaining("malloc.used");
  }

  @Test
  void anAlarmIsRaisedOnceItHasHeldAndAgainAfterAllWasWell() throws BadAlert {
    Alert alert = new Alert(AlertParser.parse("threads > 10 for 5s"));
    assertThat(alert.look(1_000, OptionalDouble.of(20))).isFalse();
    assertThat(alert.look(4_000, OptionalDouble.of(20))).isFalse();
    assertThat(alert.look(5_000, OptionalDouble.empty())).as("not known changes nothing").isFalse();
    assertThat(alert.look(6_000, OptionalDouble.of(20))).isTrue();
    assertThat(alert.look(7_000, OptionalDouble.of(20))).as("once").isFalse();
    assertThat(alert.isRaised()).isTrue();
    assertThat(alert.look(8_000, OptionalDouble.of(9))).isFalse();
    assertThat(alert.isRaised()).isFalse();
    assertThat(alert.look(9_000, OptionalDouble.of(20))).isFalse();
    assertThat(alert.look(14_000, OptionalDouble.of(20))).isTrue();
  }

  @FuzzTest
  void anything(byte[] content) {
    try {
      AlertParser.parse(new String(content, java.nio.charset.StandardCharsets.UTF_8));
    } catch (BadAlert bad) {
      assertThat(bad).hasMessageNotContaining("null");
    }
  }
}
