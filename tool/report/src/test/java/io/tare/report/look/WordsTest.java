package io.tare.report.look;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void bytesHaveThreeDigitsAndAUnit() {
    assertThat(Units.BINARY.format(0)).isEqualTo("0 B");
    assertThat(Units.BINARY.format(1023)).isEqualTo("1023 B");
    assertThat(Units.BINARY.format(1024)).isEqualTo("1.00 KB");
    assertThat(Units.BINARY.format(12_345)).isEqualTo("12.1 KB");
    assertThat(Units.BINARY.format(1023 * 1024 + 1023)).isEqualTo("1.00 MB");
    assertThat(Units.BINARY.format(3_232_000_000L)).isEqualTo("3.01 GB");
    assertThat(Units.BINARY.format(Long.MAX_VALUE)).isEqualTo("8.00 EB");
  }

  @Test
  void roundingNeverGivesAFourthDigitBelowTheNextUnit() {
    assertThat(Units.SI.format(9_999)).isEqualTo("10.0 kB");
    assertThat(Units.SI.format(99_999)).isEqualTo("100 kB");
    assertThat(Units.SI.format(999_999)).isEqualTo("1.00 MB");
  }

  @Test
  void whatIsBelowZeroHasAMinus() {
    assertThat(Units.BINARY.format(-2048)).isEqualTo("−2.00 KB");
    assertThat(Units.BINARY.format(Long.MIN_VALUE)).isEqualTo("−8.00 EB");
    assertThat(Units.BINARY.formatSigned(2048)).isEqualTo("+2.00 KB");
  }

  @Test
  void aShareTooSmallToPrintIsNotNothing() {
    assertThat(Count.percent(0, 100)).isEqualTo("0.0 %");
    assertThat(Count.percent(1, 1_000_000)).isEqualTo("<0.1 %");
    assertThat(Count.percent(468, 1000)).isEqualTo("46.8 %");
    assertThat(Count.percent(1, 0)).isEqualTo("-");
  }

  @Test
  void whatAScreenWouldObeyIsShown() {
    assertThat(Clean.line("a\u001b[2J\n\t\u202e\u0085\ue000")).isEqualTo("a\\e[2J\\n\\t\\u{202e}\\u{85}\\u{e000}");
    assertThat(Clean.line("/データ/é")).isEqualTo("/データ/é");
    assertThat(Clean.lines("a\u001b[2J\n\t\r\u2028")).isEqualTo("a\\e[2J\n\t\\r\\u{2028}");
  }

  @Test
  void ofAPaintedPageOnlyTheColoursPass() {
    assertThat(Clean.painted("\u001b[1;31mred\u001b[0m\n")).isEqualTo("\u001b[1;31mred\u001b[0m\n");
    for (String obeyed : new String[] {"\u001b[8m", "\u001b[2J", "\u001b]0;title\u0007", "\u001b[0;1;31m", "\u009b1m",
        "\u001b[31", "\u001b\u001b[", "\r"}) {
      assertThat(Clean.painted("\u001b[1m" + obeyed + "\u001b[0m")).startsWith("\u001b[1m\\").endsWith("\u001b[0m")
          .doesNotContain(obeyed);
    }
  }

  @Test
  void wideCharactersTakeTwoColumnsAndMarksNone() {
    assertThat(Columns.of("データ")).isEqualTo(6);
    assertThat(Columns.of("e\u0301")).isEqualTo(1);
    assertThat(Columns.of("😀")).isEqualTo(2);
  }

  @Test
  void aCutNeverSplitsAWideCharacter() {
    assertThat(Columns.keepStart("データ", 4, "…")).isEqualTo("デ…");
    assertThat(Columns.keepEnd("データ", 4, "…")).isEqualTo("…タ");
    assertThat(Columns.keepEnd("abcdef", 4, "...")).isEqualTo("...f");
    assertThat(Columns.keepEnd("abcdef", 2, "...")).isEqualTo("ab");
  }

  @Test
  void aLabelIsCutBehindAWord() {
    assertThat(Columns.keepWords("cds, metaspace.class, gc", 18, "…")).isEqualTo("cds,…");
    assertThat(Columns.keepWords("cds, metaspace.class, gc", 22, "…")).isEqualTo("cds, metaspace.class,…");
    assertThat(Columns.keepWords("one two", 7, "…")).isEqualTo("one two");
    assertThat(Columns.keepWords("metaspace.class", 5, "…")).isEqualTo("meta…");
    assertThat(Columns.keepWords("ab cd", 2, "...")).isEqualTo("ab");
  }

  @Test
  void aPathIsCutAtASlash() {
    assertThat(Columns.keepPathEnd("/var/lib/orders/index.db", 18, "…")).isEqualTo("…/orders/index.db");
  }

  @Test
  void linesBreakAtSpacesAndLongWordsInside() {
    assertThat(Columns.wrap(10, "one two three abcdefghijklmn x")).containsExactly("one two", "three", "abcdefghij",
        "klmn x");
    assertThat(Columns.wrap(10, "keeps 83 % of it, 1.06 MB")).as("a number stays with its unit")
        .containsExactly("keeps 83 %", "of it,", "1.06 MB");
    assertThat(Columns.wrap(6, "plan Bond")).as("a word is no unit").containsExactly("plan", "Bond");
  }

  @Test
  void countsAndMomentsReadAsWords() {
    assertThat(Count.of(1, "file")).isEqualTo("1 file");
    assertThat(Count.of(3000, "file")).isEqualTo("3,000 files");
    assertThat(Count.millis(1400)).isEqualTo("1.4 s");
    assertThat(Time.utc(Instant.parse("2026-11-03T14:05:09.5Z"))).isEqualTo("2026-11-03 14:05:09 UTC");
  }
}
