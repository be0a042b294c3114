package io.tare.formats.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.fixtures.Hostile;
import io.tare.model.AddressRange;
import io.tare.model.Problem;
import io.tare.model.jvm.HeapPart;
import io.tare.model.jvm.JvmLayout;
import io.tare.model.jvm.JvmRegion;
import io.tare.model.jvm.JvmRegion.Purpose;
import io.tare.model.jvm.JvmThread;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

class JvmLayoutTextTest {
  private static final Parsed<JvmLayout> LAYOUT = new Parsed<>(
      new JvmLayout("structure tables", Map.of("collector", "G1", "loaders.classes", "a.B: 2, c.D$E: 1", "empty", ""),
          List.of(new JvmRegion(Purpose.CODE, "profiled nmethods", new AddressRange(0x7f822d400000L, 0x7f8234938000L)),
              new JvmRegion(Purpose.GC, "", new AddressRange(0x1000, 0x5000))),
          List.of(new HeapPart("eden", 0xf3800000L, 0xf3812340L, 0xf3900000L)),
          List.of(new JvmThread(4711, "w\u00f6rker = 100 %\n", new AddressRange(0x7f00a000L, 0x7f10a000L), true))),
      List.of(new Problem("memory/hotspot", "heap", "3 regions can't be read")));

  private static Parsed<JvmLayout> parse(String text) throws NotThisFormat {
    return JvmLayoutText.parse(text, ParseLimits.DEFAULT);
  }

  @Test
  void whatIsWrittenIsReadBack() throws NotThisFormat {
    assertThat(parse(JvmLayoutText.write(LAYOUT))).isEqualTo(LAYOUT);
  }

  @Test
  void theSameLayoutIsAlwaysTheSameText() {
    assertThat(JvmLayoutText.write(LAYOUT)).startsWith("""
        jvm-layout source=structure%20tables
        fact key=collector value=G1
        fact key=empty value=
        """);
  }

  @Test
  void linesThatMakeNoSenseBecomeProblems() throws NotThisFormat {
    Parsed<JvmLayout> parsed = parse("""
        jvm-layout source=x
        region purpose=NONSENSE name=a start=1 end=2
        region purpose=GC name=a start=2 end=1
        part role=eden bottom=5 top=4 end=6
        thread tid=1 name=a java=true start=zz end=1
        future word=1
        region purpose=GC name=a start=1 end=2
        """);
    assertThat(parsed.value().regions()).hasSize(1);
    assertThat(parsed.value().heapParts()).isEmpty();
    assertThat(parsed.value().threads()).isEmpty();
    assertThat(parsed.problems()).hasSize(4);
  }

  @Test
  void anotherTextIsRefused() {
    assertThatThrownBy(() -> parse("malloc arenas=1\n")).isInstanceOf(NotThisFormat.class);
  }

  static Stream<byte[]> seeds() {
    return Stream.of(JvmLayoutText.write(LAYOUT).getBytes(StandardCharsets.UTF_8), new byte[0]);
  }

  @FuzzTest
  @MethodSource("seeds")
  void anyText(byte[] content) {
    Hostile.parse(Hostile.ofText(JvmLayoutText::parse), content);
  }

  @Test
  void damagedLinesNeverBreakTheReader() {
    Hostile.damage(Hostile.ofText(JvmLayoutText::parse),
        List.of(JvmLayoutText.write(LAYOUT).getBytes(StandardCharsets.UTF_8)));
  }
}
