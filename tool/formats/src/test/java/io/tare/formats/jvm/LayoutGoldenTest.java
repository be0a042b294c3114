package io.tare.formats.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.fixtures.Fixtures;
import io.tare.formats.fixtures.Golden;
import io.tare.model.jvm.JvmLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every captured answer of a JVM against the layout that was checked by eye. */
class LayoutGoldenTest {
  private interface LayoutParser {
    Parsed<JvmLayout> parse(String artifact, String content, ParseLimits limits) throws NotThisFormat;
  }

  @TestFactory
  Stream<DynamicTest> theLayoutIsTheExpectedOne() {
    return Stream.of(all("VM.info", VmInfoText::parse), all("hs_err", VmInfoText::parse),
        all("GC.heap_info", HeapInfoText::parse), all("Compiler.codecache", CodeCacheText::parse),
        all("VM.metaspace", MetaspaceText::parse), all("VM.metaspace.vslist", MetaspaceText::parse),
        all("VM.native_memory.detail", NmtText::parseMap), all("System.map", SystemMapText::parse),
        all("VM.flags", VmFlagsText::parse)).flatMap(List::stream);
  }

  private static List<DynamicTest> all(String fileName, LayoutParser parser) {
    List<Path> inputs = Fixtures.named(fileName);
    assertThat(inputs).as(fileName).isNotEmpty();
    return inputs.stream().map(input -> DynamicTest.dynamicTest(Fixtures.ROOT.relativize(input).toString(), () -> {
      String text = Fixtures.text(Fixtures.ROOT.relativize(input).toString());
      Parsed<JvmLayout> parsed = parser.parse(fileName, text, ParseLimits.DEFAULT);
      assertThat(parsed.problems()).isEmpty();
      Golden.check(input, Golden.describe(parsed));
    })).toList();
  }
}
