package io.tare.ledger.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tare.ledger.SampleEvidence;
import io.tare.ledger.rules.Thresholds.NotAThreshold;
import io.tare.model.ledger.Account;
import io.tare.model.report.Verdict;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A user's own numbers in place of the defaults. */
class ThresholdsTest {
  private static SampleEvidence tenthIdle() {
    return SampleEvidence.jvm().account(Account.HEAP_IDLE, 100).account(Account.HEAP_LIVE, 900).size("heap.used", 900);
  }

  @Test
  void aRuleComparesWithTheUsersOwnNumber() throws NotAThreshold {
    assertThat(tenthIdle().verdict("heap-idle")).isInstanceOf(Verdict.Yes.class);
    assertThat(tenthIdle().with(Thresholds.parse("heap-idle.share = 10.1 %")).verdict("heap-idle"))
        .isInstanceOf(Verdict.No.class);
    assertThat(tenthIdle().with(Thresholds.parse("any.smallest = 101 MB")).verdict("heap-idle"))
        .isInstanceOf(Verdict.No.class);
    assertThat(tenthIdle().with(Thresholds.parse("any.smallest = 100 MB")).verdict("heap-idle"))
        .isInstanceOf(Verdict.Yes.class);
  }

  @Test
  void whatIsNotGivenKeepsItsDefault() throws NotAThreshold {
    Thresholds given = Thresholds.parse("# ours\n\n garbage.share=12.5%  # a little more\nany.smallest = 1 GB\n");
    assertThat(given.value(Threshold.GARBAGE)).isEqualTo(125);
    assertThat(given.value(Threshold.SMALLEST)).isEqualTo(1L << 30);
    Arrays.stream(Threshold.values()).filter(t -> t != Threshold.GARBAGE && t != Threshold.SMALLEST)
        .forEach(t -> assertThat(given.value(t)).isEqualTo(Thresholds.DEFAULT.value(t)));
  }

  @Test
  void theTableNamesEveryThresholdWithItsReason() throws NotAThreshold {
    assertThat(Thresholds.DEFAULT.table()).hasSameSizeAs(Threshold.values())
        .allSatisfy(row -> assertThat(row.reason()).isNotBlank());
    assertThat(Thresholds.DEFAULT.table()).extracting(Thresholds.Row::id).doesNotHaveDuplicates();
    assertThat(Thresholds.DEFAULT.table().getFirst()).isEqualTo(new Thresholds.Row("any.smallest", "8.00 MB", "bytes",
        "what is smaller is not worth a sentence, whatever its share"));
    assertThat(Thresholds.parse("any.high = 12.5 %").table().get(1).value()).isEqualTo("12.5 %");
    assertThat(Thresholds.DEFAULT.table().get(1)).extracting(Thresholds.Row::value, Thresholds.Row::unit)
        .containsExactly("40 %", "%");
  }

  @Test
  void theDefaultsOfTheTableCanBeReadBack() throws NotAThreshold {
    StringBuilder text = new StringBuilder();
    Thresholds.DEFAULT.table().forEach(row -> text.append(row.id()).append(" = ").append(row.value()).append('\n'));
    assertThat(Thresholds.parse(text.toString()).table()).isEqualTo(Thresholds.DEFAULT.table());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "heap-idle.shares = 10 %| line 1: there is no threshold 'heap-idle.shares'. Did you mean 'heap-idle.share'?",
      "garbge.share = 10 %| line 1: there is no threshold 'garbge.share'. Did you mean 'garbage.share'?",
      "heap-idle.share| line 1: expected 'name = value' but found 'heap-idle.share'",
      "heap-idle.share = 10| line 1: heap-idle.share needs a share such as 10 % or 2.5 %, at most 100 %, but found '10'",
      "heap-idle.share = 100.1 %| line 1: heap-idle.share needs a share such as 10 % or 2.5 %, at most 100 %, but found "
          + "'100.1 %'",
      "any.smallest = 10 %| line 1: any.smallest needs a size such as 8 MB, but found '10 %'",
      "any.smallest = -1 MB| line 1: any.smallest needs a size such as 8 MB, but found '-1 MB'"})
  void whatIsNoThresholdIsRefusedWithWhatToDo(String text, String message) {
    assertThatExceptionOfType(NotAThreshold.class).isThrownBy(() -> Thresholds.parse(text)).withMessage(message);
  }

  @Test
  void aNameThatComesTwiceIsRefused() {
    assertThatExceptionOfType(NotAThreshold.class)
        .isThrownBy(() -> Thresholds.parse("\ngarbage.share = 1 %\ngarbage.share = 2 %"))
        .withMessage("line 3: garbage.share has a value already; leave one of the two lines out");
  }

  @Test
  void aWholeIsAShareToo() throws NotAThreshold {
    assertThat(Thresholds.parse("any.high = 100 %").value(Threshold.STRENGTH_HIGH)).isEqualTo(1000);
    assertThat(Thresholds.parse("any.high = 0 %").part(1000, Threshold.STRENGTH_HIGH)).isZero();
  }
}
