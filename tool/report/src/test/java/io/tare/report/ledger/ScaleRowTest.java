package io.tare.report.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.report.Scales;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ScaleRowTest {
  private static final OptionalLong UNKNOWN = OptionalLong.empty();

  @Test
  void aStepsEndFindsItsScaleByItsLastWord() {
    List<ScaleRow> rows = ScaleRow.of(scales(100));
    assertThat(ScaleRow.named(rows, "usage").orElseThrow().bytes()).isEqualTo(30);
    assertThat(ScaleRow.named(rows, "rss").orElseThrow().bytes()).isEqualTo(20);
    assertThat(ScaleRow.named(rows, "working set")).isEmpty();
  }

  @Test
  void theAxisHoldsTheLimitUnlessItIsFarBeyond() {
    assertThat(ScaleRow.axisBytes(ScaleRow.of(scales(100)))).isEqualTo(100);
    assertThat(ScaleRow.axisBytes(ScaleRow.of(scales(1000)))).isEqualTo(30);
  }

  @Test
  void aLimitSetByAParentIsNamed() {
    assertThat(ScaleRow.groupWords(scales(100).group().orElseThrow())).isEqualTo("/a/b (cgroup v2), limited by /a");
  }

  private static Scales scales(long limit) {
    Scales.Group group = new Scales.Group(2, "/a/b", OptionalLong.of(30), UNKNOWN, UNKNOWN, UNKNOWN,
        OptionalLong.of(limit), "/a", UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, List.of());
    return new Scales(20, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, Optional.of(group), List.of(), "");
  }
}
