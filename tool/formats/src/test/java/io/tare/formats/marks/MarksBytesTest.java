package io.tare.formats.marks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.fixtures.Hostile;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** The marks file, whole, half-written and damaged. FuzzTest must come last. */
class MarksBytesTest {
  private static MarksPageBuilder three() {
    return new MarksPageBuilder(4, 4711, 1_763_711_000_000L).mark(0, "START", Long.MIN_VALUE)
        .mark(1, "AFTER \u00fc", 1000, 1, 2, 3).mark(2, "", 0);
  }

  private static MarksPage parse(byte[] content) throws NotThisFormat {
    return MarksBytes.parse("marks", content, ParseLimits.DEFAULT).value();
  }

  @Test
  void marksAreReadWithTheirTimeItemsAndStats() throws NotThisFormat {
    MarksPage page = parse(three().bytes());
    assertThat(page.pid()).isEqualTo(4711);
    assertThat(page.processStartMillis()).hasValue(1_763_711_000_000L);
    assertThat(page.marks()).extracting(PageMark::label).containsExactly("START", "AFTER \u00fc", "");
    PageMark second = page.marks().get(1);
    assertThat(second.items()).isEqualTo(OptionalLong.of(1000));
    assertThat(second.epochNanos()).isEqualTo(MarksPageBuilder.EPOCH + 1_000_000);
    assertThat(second.stats()).startsWith(1L, 2L, 3L).hasSize(MarksBytes.STATS.size());
    assertThat(page.marks().getFirst().items()).isEmpty();
  }

  @Test
  void theRingKeepsTheLastOnesInTheOrderOfTheirTickets() throws NotThisFormat {
    assertThat(parse(three().mark(3, "D", 0).mark(4, "E", 0).bytes()).marks()).extracting(PageMark::label)
        .containsExactly("AFTER \u00fc", "", "D", "E");
  }

  @Test
  void aHalfWrittenMarkIsLeftOut() throws NotThisFormat {
    assertThat(parse(three().half(1).bytes()).marks()).extracting(PageMark::label).containsExactly("START", "");
  }

  @Test
  void aDamagedMarkIsLeftOut() throws NotThisFormat {
    byte[] content = three().bytes();
    content[256 + 41] ^= 1;
    assertThat(parse(content).marks()).hasSize(2);
  }

  @Test
  void aForeignFileAndANewerVersionAreRefused() {
    assertThatThrownBy(() -> parse(new byte[300])).isInstanceOf(NotThisFormat.class);
    byte[] newer = three().bytes();
    newer[8] = 2;
    assertThatThrownBy(() -> parse(newer)).hasMessageContaining("version 2");
  }

  @Test
  void damageNeverStopsTheParser() {
    Hostile.damage((content, limits) -> MarksBytes.parse("marks", content, limits), List.of(three().bytes()));
  }

  static Stream<byte[]> seeds() {
    return Stream.of(three().bytes(), three().half(2).bytes());
  }

  @MethodSource("seeds")
  @FuzzTest
  void marks(byte[] content) {
    Hostile.parse((bytes, limits) -> MarksBytes.parse("marks", bytes, limits), content);
  }
}
