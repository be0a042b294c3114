package io.tare.formats.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.model.Problem;
import io.tare.model.profile.TypeCensus;
import io.tare.model.profile.TypeCensus.Cost;
import io.tare.model.profile.TypeCensus.Live;
import io.tare.model.profile.TypeCensus.Truth;
import io.tare.model.profile.TypeCensus.TypeCount;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

class TypeCensusTextTest {
  private static final TypeCensus CENSUS = new TypeCensus("cpython", Truth.TORN, 8,
      List.of(new TypeCount("Point of = two", "app.main", 120, 2_880), new TypeCount("byte[]", "", 7, 4_096)), 24,
      new Cost(310, 290, 52_428_800, 3));
  private static final Problem PROBLEM = new Problem("census", "here", "a list changed");

  @Test
  void whatWasCountedIsReadAsItWasWritten() throws Exception {
    String text = TypeCensusText.write(new Parsed<>(Optional.of(CENSUS), List.of(PROBLEM)));
    assertThat(TypeCensusText.parse("census", text, ParseLimits.DEFAULT))
        .isEqualTo(new Parsed<>(Optional.of(CENSUS), List.of(PROBLEM)));
  }

  @Test
  void whatIsReachedIsReadAsItWasWritten() throws Exception {
    TypeCensus reached = CENSUS.live(new Live(31_457_280, 52_428_800, 2, 3));
    String text = TypeCensusText.write(new Parsed<>(Optional.of(reached), List.of()));
    assertThat(text).contains("live old=31457280 old_used=52428800 unread_stacks=2 unreadable=3");
    assertThat(TypeCensusText.parse("census", text, ParseLimits.DEFAULT).value()).contains(reached);
  }

  @Test
  void nothingCountedStaysNothingAndKeepsTheReason() throws Exception {
    String text = TypeCensusText.write(new Parsed<>(Optional.empty(), List.of(PROBLEM)));
    assertThat(TypeCensusText.parse("census", text, ParseLimits.DEFAULT))
        .isEqualTo(new Parsed<>(Optional.empty(), List.of(PROBLEM)));
  }

  @Test
  void aLineWithoutNumbersIsAProblemAndNoType() throws Exception {
    String text = """
        census runtime=hotspot truth=consistent one_in=0 unparsed=-5
        type objects=many bytes=1 name=A
        type objects=2 bytes=48 name=B module=
        """;
    Parsed<Optional<TypeCensus>> parsed = TypeCensusText.parse("census", text, ParseLimits.DEFAULT);
    assertThat(parsed.value()).contains(new TypeCensus("hotspot", Truth.CONSISTENT, 1,
        List.of(new TypeCount("B", "", 2, 48)), 0, new Cost(0, 0, 0, 0)));
    assertThat(parsed.problems()).extracting(Problem::message)
        .containsExactly("expected 'objects=<number> bytes=<number>'");
  }

  @Test
  void anotherTextIsRefused() {
    assertThatThrownBy(() -> TypeCensusText.parse("census", "allocations\n", ParseLimits.DEFAULT))
        .isInstanceOf(NotThisFormat.class);
  }

  static Stream<byte[]> seeds() {
    return Stream.of(new byte[0],
        TypeCensusText.write(Parsed.of(Optional.of(CENSUS))).getBytes(StandardCharsets.UTF_8));
  }

  @FuzzTest
  @MethodSource("seeds")
  void anyTextIsReadOrRefused(byte[] content) {
    try {
      Parsed<Optional<TypeCensus>> parsed = TypeCensusText.parse("census", new String(content, StandardCharsets.UTF_8),
          new ParseLimits(100, 64, 5));
      assertThat(parsed.value().map(TypeCensus::types).orElse(List.of())).hasSizeLessThanOrEqualTo(100)
          .allMatch(type -> type.objects() >= 0 && type.bytes() >= 0);
    } catch (NotThisFormat refused) {
      assertThat(refused).hasMessageContaining("census");
    }
  }
}
