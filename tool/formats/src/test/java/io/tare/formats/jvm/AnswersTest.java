package io.tare.formats.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.fixtures.Fixtures;
import io.tare.formats.fixtures.Hostile;
import io.tare.formats.fixtures.Hostile.TextParser;
import io.tare.model.AddressRange;
import io.tare.model.jvm.ClassHistogram;
import io.tare.model.jvm.HeapPart;
import io.tare.model.jvm.JvmLayout;
import io.tare.model.jvm.JvmRegion;
import io.tare.model.jvm.JvmRegion.Purpose;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers to the smaller diagnostic commands. */
class AnswersTest {
  static final Map<String, TextParser> PARSERS = Map.of("GC.heap_info", (text, limits) -> HeapInfoText.parse("a", text,
      limits), "Compiler.codecache", (text, limits) -> CodeCacheText.parse("a", text, limits), "VM.metaspace.vslist",
      (text, limits) -> MetaspaceText.parse("a", text, limits), "System.map", (text, limits) -> SystemMapText.parse("a",
          text, limits),
      "GC.class_histogram", (text, limits) -> ClassHistogramText.parse("a", text, limits),
      "VM.flags", (text, limits) -> VmFlagsText.parse("a", text, limits));

  @Test
  void epsilonHasOneSpace() throws NotThisFormat {
    // After JDK 17's sources.
    JvmLayout layout = HeapInfoText.parse("a", """
         Epsilon Heap
         Allocation space:
          space 65536K,   3% used [0x00000000fc000000, 0x00000000fc200000, 0x0000000100000000)
        """, ParseLimits.DEFAULT).value();
    assertThat(layout.fact(FactKeys.COLLECTOR)).hasValue("Epsilon");
    assertThat(layout.heapParts()).containsExactly(
        new HeapPart("allocation", 0xfc000000L, 0xfc200000L, 0x100000000L));
  }

  @Test
  void aSpaceWhoseTopLiesBeyondItsEndIsAProblem() throws NotThisFormat {
    String text = Fixtures.text("temurin-25.0.3-serial/GC.heap_info").replace("0x00000000fc3b5860",
        "0x00000001fc3b5860");
    Parsed<JvmLayout> parsed = HeapInfoText.parse("a", text, ParseLimits.DEFAULT);
    assertThat(parsed.value().heapParts()).hasSize(3);
    assertThat(parsed.problems()).hasSize(1);
  }

  @Test
  void aCodeCacheInOnePieceIsOneRegion() throws NotThisFormat {
    // JDK 17 with -XX:-SegmentedCodeCache.
    JvmLayout layout = CodeCacheText.parse("a", """
        CodeCache: size=49152Kb used=2048Kb max_used=2058Kb free=47104Kb
         bounds [0x00007f0000000000, 0x00007f0000270000, 0x00007f0003000000]
         total_blobs=445 nmethods=99 adapters=260
        """, ParseLimits.DEFAULT).value();
    assertThat(layout.regions()).containsExactly(
        new JvmRegion(Purpose.CODE, "code cache", new AddressRange(0x7f0000000000L, 0x7f0003000000L)));
    assertThat(layout.number(FactKeys.CODE_USED)).hasValue(2 << 20);
  }

  @Test
  void coarseFiguresOfMetaspaceNeverReplaceFineOnes() throws NotThisFormat {
    JvmLayout layout = MetaspaceText.parse("a", """
        Metaspace        used 1087000K, committed 1088000K, reserved 2162688K
         class space     used 130000K, committed 131072K, reserved 1048576K
             Both:      1.04 GB used.
             Both:      2.06 GB reserved,       1.04 GB ( 50%) committed.
        """, ParseLimits.DEFAULT).value();
    assertThat(layout.number(FactKeys.METASPACE_USED)).hasValue(1087000L << 10);
    assertThat(layout.number(FactKeys.METASPACE_COMMITTED)).hasValue(1088000L << 10);
    assertThat(layout.number(FactKeys.CLASS_SPACE_USED)).hasValue(130000L << 10);
  }

  @Test
  void systemMapWithoutTrackingHasNoLabels() throws NotThisFormat {
    Parsed<JvmLayout> parsed = SystemMapText.parse("a", Fixtures.text("temurin-25.0.3-zgc/System.map"),
        ParseLimits.DEFAULT);
    assertThat(parsed.value().regions()).isEmpty();
    assertThat(parsed.value().threads()).isEmpty();
    assertThat(parsed.problems()).isEmpty();
  }

  @Test
  void aMappingWithSeveralLabelsHasTheirCommonPurposeOrNone() throws NotThisFormat {
    String head = "from               to                        vsize prot  info        file\n";
    JvmLayout layout = SystemMapText.parse("a", head + """
        0x000000003a000000-0x000000003a001000         4096 ---p  GC,CARDTBL  -
        0x000000003b000000-0x000000003b001000         4096 ---p  GC,CODE     -
        """, ParseLimits.DEFAULT).value();
    assertThat(layout.regions()).extracting(JvmRegion::purpose).containsExactly(Purpose.GC, Purpose.OTHER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"openjdk-17.0.15-g1", "temurin-25.0.3-g1"})
  void theHistogramsLinesAddUpToItsTotal(String scenario) throws NotThisFormat {
    Parsed<ClassHistogram> parsed = ClassHistogramText.parse("a", Fixtures.text(scenario + "/GC.class_histogram"),
        ParseLimits.DEFAULT);
    ClassHistogram histogram = parsed.value();
    assertThat(parsed.problems()).isEmpty();
    assertThat(histogram.lines().getFirst().className()).isEqualTo("[B");
    assertThat(histogram.lines().stream().mapToLong(ClassHistogram.Line::bytes).sum()).isEqualTo(histogram.bytes());
    assertThat(histogram.lines().stream().mapToLong(ClassHistogram.Line::instances).sum()).isEqualTo(
        histogram.instances());
  }

  @Test
  void aCutHistogramSaysSo() throws NotThisFormat {
    String text = Fixtures.text("temurin-25.0.3-g1/GC.class_histogram");
    Parsed<ClassHistogram> parsed = ClassHistogramText.parse("a", text.substring(0, 1000), ParseLimits.DEFAULT);
    assertThat(parsed.value().lines()).isNotEmpty();
    assertThat(parsed.problems()).extracting("message").last().asString().contains("total is missing");
  }

  @Test
  void flagsThatCouldHoldMoreThanASettingAreLeftOut() throws NotThisFormat {
    JvmLayout layout = VmFlagsText.parse("a",
        "-XX:MaxMetaspaceSize=64m -XX:+AlwaysPreTouch -XX:-UseTLAB -XX:HeapDumpPath=/srv/secret -XX:OnError=\"gdb -\"\n",
        ParseLimits.DEFAULT).value();
    assertThat(layout.facts()).containsOnly(Map.entry("flag.MaxMetaspaceSize", "67108864"), Map.entry(
        "flag.AlwaysPreTouch", "true"), Map.entry("flag.UseTLAB", "false"));
  }

  @Test
  void otherTextIsRefusedByAll() {
    PARSERS.forEach((name, parser) -> assertThatThrownBy(() -> parser.parse("Unknown diagnostic command\n",
        ParseLimits.DEFAULT)).as(name).isInstanceOf(NotThisFormat.class));
  }

  @Test
  void damagedInputIsSurvivedByAll() {
    PARSERS.forEach((name, parser) -> Hostile.damage(Hostile.ofText(parser), Fixtures.contents(name)));
  }

  @Test
  void classSpaceLiesWhereAllSourcesSay() throws NotThisFormat {
    String scenario = "temurin-25.0.3-g1/";
    AddressRange expected = new AddressRange(0x3b000000, 0x7b000000);
    for (JvmLayout layout : new JvmLayout[] {
        VmInfoText.parse("a", Fixtures.text(scenario + "VM.info"), ParseLimits.DEFAULT).value(),
        MetaspaceText.parse("a", Fixtures.text(scenario + "VM.metaspace.vslist"), ParseLimits.DEFAULT).value(),
        SystemMapText.parse("a", Fixtures.text(scenario + "System.map"), ParseLimits.DEFAULT).value(),
        NmtText.parseMap("a", Fixtures.text(scenario + "VM.native_memory.detail"), ParseLimits.DEFAULT).value()}) {
      assertThat(layout.regions()).as(layout.source()).filteredOn(region -> region.purpose() == Purpose.CLASS_SPACE)
          .extracting(JvmRegion::range).containsExactly(expected);
    }
  }
}
