package io.tare.formats.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.fixtures.Fixtures;
import io.tare.formats.fixtures.Hostile;
import io.tare.model.AddressRange;
import io.tare.model.jvm.HeapPart;
import io.tare.model.jvm.JvmLayout;
import io.tare.model.jvm.JvmRegion;
import io.tare.model.jvm.JvmRegion.Purpose;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VmInfoTextTest {
  private static final String HEAD = """
      # Java VM: OpenJDK 64-Bit Server VM (11.0.20+8, mixed mode, tiered, compressed oops, %s, linux-amd64)
      Time: Sat Nov 21 04:59:54 2026 UTC elapsed time: 10 seconds (0d 0h 0m 10s)
      """;

  private static Parsed<JvmLayout> parse(String text) throws NotThisFormat {
    return VmInfoText.parse("ask/VM.info", text, ParseLimits.DEFAULT);
  }

  private static JvmLayout layout(String name) throws NotThisFormat {
    return parse(Fixtures.text(name)).value();
  }

  private static List<JvmRegion> regions(JvmLayout layout, Purpose purpose) {
    return layout.regions().stream().filter(region -> region.purpose() == purpose).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"openjdk-17.0.15-serial", "openjdk-17.0.15-parallel", "temurin-25.0.3-serial",
      "temurin-25.0.3-parallel"})
  void theHeapsSpacesAreTheOnesOfHeapInfo(String scenario) throws NotThisFormat {
    JvmLayout heapInfo = HeapInfoText
        .parse("ask/GC.heap_info", Fixtures.text(scenario + "/GC.heap_info"), ParseLimits.DEFAULT).value();
    JvmLayout vmInfo = layout(scenario + "/VM.info");
    assertThat(vmInfo.heapParts()).hasSize(4).isEqualTo(heapInfo.heapParts());
    assertThat(vmInfo.number(FactKeys.HEAP_USED)).isEqualTo(heapInfo.number(FactKeys.HEAP_USED));
    assertThat(regions(vmInfo, Purpose.HEAP)).isEqualTo(regions(heapInfo, Purpose.HEAP));
  }

  @ParameterizedTest
  @ValueSource(strings = {"openjdk-17.0.15-g1", "temurin-25.0.3-g1", "openjdk-17.0.15-shenandoah",
      "temurin-25.0.3-shenandoah", "openjdk-17.0.15-zgc", "temurin-25.0.3-zgc"})
  void theRegionsTogetherHoldWhatTheHeapSaysIsUsed(String scenario) throws NotThisFormat {
    JvmLayout layout = layout(scenario + "/VM.info");
    long used = layout.heapParts().stream().mapToLong(HeapPart::usedBytes).sum();
    long archived = regions(layout, Purpose.HEAP_ARCHIVE).stream().mapToLong(region -> region.range().bytes()).sum();
    // Buffers of threads are used up in part; ZGC counts whole pages.
    long tolerance = 3 << 20;
    assertThat(used).isBetween(layout.number(FactKeys.HEAP_USED).getAsLong() - tolerance,
        layout.number(FactKeys.HEAP_USED).getAsLong() + archived + tolerance);
  }

  @ParameterizedTest
  @ValueSource(strings = {"openjdk-17.0.15-g1", "temurin-25.0.3-g1"})
  void eachPartOfTheHeapIsListedOnce(String scenario) throws NotThisFormat {
    List<HeapPart> parts = layout(scenario + "/VM.info").heapParts();
    assertThat(parts.stream().map(HeapPart::bottom).distinct().count()).isEqualTo(parts.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"openjdk-17.0.15-shenandoah", "temurin-25.0.3-shenandoah"})
  void theHistoryOfShenandoahDoesNotRepeatItsRegions(String scenario) throws NotThisFormat {
    String text = Fixtures.text(scenario + "/VM.info");
    String rows = text.lines().filter(line -> line.startsWith("|")).limit(3).reduce("", (all, row) -> all + row + "\n");
    String history = "GC Heap History (1 events):\nEvent: 0.5 GC heap after\n{Heap after GC invocations=7 (full 0):\n"
        + "Shenandoah Heap\n 65536K max, 65536K soft max, 65536K committed, 1024K used\nHeap Regions:\n" + rows
        + "}\n\n";
    JvmLayout layout = parse(text.replace("Compilation events", history + "Compilation events")).value();
    assertThat(layout.heapParts()).hasSize(256);
    assertThat(layout.number(FactKeys.HEAP_USED_AFTER_LAST_GC)).hasValue(1 << 20);
    assertThat(layout.number(FactKeys.GC_COUNT)).hasValue(7);
    assertThat(layout.number(FactKeys.HEAP_USED).getAsLong()).isGreaterThan(10 << 20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"openjdk-17.0.15-g1", "temurin-25.0.3-zgc", "temurin-25.0.3-serial"})
  void theCodeCacheIsTheOneOfItsOwnCommand(String scenario) throws NotThisFormat {
    JvmLayout codeCache = CodeCacheText.parse("ask/Compiler.codecache", Fixtures.text(scenario + "/Compiler.codecache"),
        ParseLimits.DEFAULT).value();
    assertThat(regions(layout(scenario + "/VM.info"), Purpose.CODE)).hasSize(3).isEqualTo(codeCache.regions());
  }

  @Test
  void zgcPagesLieInTheMappedHeap() throws NotThisFormat {
    AddressRange base17 = new AddressRange(0x100000000000L, 0x100004000000L);
    AddressRange base25 = new AddressRange(0x40000000000L, 0x40004000000L);
    assertThat(layout("openjdk-17.0.15-zgc/VM.info").heapParts()).hasSizeGreaterThan(3)
        .allMatch(part -> base17.contains(part.bottom()));
    assertThat(layout("temurin-25.0.3-zgc/VM.info").heapParts()).hasSizeGreaterThan(3)
        .allMatch(part -> base25.contains(part.bottom()));
  }

  @Test
  void zgcPagesWithoutKnownBaseAreAProblem() throws NotThisFormat {
    String text = Fixtures.text("temurin-25.0.3-zgc/VM.info").replace("java_heap", "other");
    Parsed<JvmLayout> parsed = parse(text);
    assertThat(parsed.value().heapParts()).isEmpty();
    assertThat(parsed.problems()).singleElement().extracting("message").asString().contains("offsets");
  }

  @ParameterizedTest
  @ValueSource(strings = {"openjdk-17.0.15-crash/hs_err", "temurin-25.0.3-crash/hs_err"})
  void anErrorFileGivesTheThreadsToo(String name) throws NotThisFormat {
    JvmLayout layout = layout(name);
    assertThat(layout.threads()).hasSizeGreaterThan(10)
        .allMatch(thread -> thread.tid() > 0 && thread.stack().bytes() == 1 << 20)
        .anyMatch(thread -> thread.name().equals("worker (0)") && thread.java())
        .anyMatch(thread -> thread.name().equals("VM Thread") && !thread.java());
    assertThat(layout.number("flag.MaxHeapSize")).hasValue(64 << 20);
  }

  @Test
  void olderJvmsAreUnderstoodAsFarAsTheyTell() throws NotThisFormat {
    // After JDK 11's sources: heap address in lower case, class space without its end, no archives.
    JvmLayout layout = parse(HEAD.formatted("parallel gc") + """
        heap address: 0x00000000fc000000, size: 64 MB, Compressed Oops mode: 32-bit
        Narrow klass base: 0x0000000800000000, Narrow klass shift: 0
        Compressed class space size: 1073741824 Address: 0x0000000800000000

        Heap:
         PSYoungGen      total 18944K, used 655K [0x00000000feb00000, 0x0000000100000000, 0x0000000100000000)
          eden space 16384K, 4% used [0x00000000feb00000,0x00000000feba3d80,0x00000000ffb00000)
          from space 2560K, 0% used [0x00000000ffd80000,0x00000000ffd80000,0x0000000100000000)
          to   space 2560K, 0% used [0x00000000ffb00000,0x00000000ffb00000,0x00000000ffd80000)
         ParOldGen       total 44032K, used 0K [0x00000000fc000000, 0x00000000feb00000, 0x00000000feb00000)
          object space 44032K, 0% used [0x00000000fc000000,0x00000000fc000000,0x00000000feb00000)
         Metaspace       used 2660K, capacity 4486K, committed 4864K, reserved 1056768K
          class space    used 285K, capacity 386K, committed 512K, reserved 1048576K

        GC Heap History (2 events):
        Event: 4.250 GC heap after
        Heap after GC invocations=3 (full 1):
         PSYoungGen      total 18944K, used 0K [0x00000000feb00000, 0x0000000100000000, 0x0000000100000000)
         ParOldGen       total 44032K, used 512K [0x00000000fc000000, 0x00000000feb00000, 0x00000000feb00000)
        }
        """).value();
    assertThat(layout.fact(FactKeys.VERSION)).hasValue("11.0.20+8");
    assertThat(layout.fact(FactKeys.COLLECTOR)).hasValue("Parallel");
    assertThat(layout.number(FactKeys.HEAP_MAX)).hasValue(64 << 20);
    assertThat(layout.number(FactKeys.HEAP_USED)).hasValue(0xa3d80);
    assertThat(layout.number(FactKeys.METASPACE_COMMITTED)).hasValue(4864 << 10);
    assertThat(layout.number(FactKeys.HEAP_USED_AFTER_LAST_GC)).hasValue(512 << 10);
    assertThat(layout.number(FactKeys.GC_LAST_AGE_MILLIS)).hasValue(5750);
    assertThat(regions(layout, Purpose.CLASS_SPACE)).extracting(JvmRegion::range)
        .containsExactly(new AddressRange(0x800000000L, 0x840000000L));
  }

  @Test
  void totalsOfMallocThatWrappedAroundAreNotBelieved() throws NotThisFormat {
    Parsed<JvmLayout> parsed = parse(
        HEAD.formatted("g1 gc") + "C-Heap outstanding allocations: 14389K, retained: 1978K (may have wrapped)\n");
    assertThat(parsed.value().number(FactKeys.MALLOC_OUTSTANDING)).isEmpty();
    assertThat(parsed.problems()).hasSize(1);
  }

  @Test
  void aRegionThatEndsBeforeItStartsIsAProblemAtItsLine() throws NotThisFormat {
    Parsed<JvmLayout> parsed = parse(
        HEAD.formatted("g1 gc") + "Card table byte_map: [0x00007f4ae4228000,0x00007f4ae4208000] _byte_map_base: 0x0\n");
    assertThat(parsed.value().regions()).isEmpty();
    assertThat(parsed.problems()).singleElement().extracting("where").isEqualTo("line 3");
  }

  @Test
  void aTruncatedTextKeepsWhatCameBeforeTheCut() throws NotThisFormat {
    String text = Fixtures.text("temurin-25.0.3-g1/VM.info");
    Parsed<JvmLayout> parsed = parse(text.substring(0, text.indexOf("|  20|") + 30));
    assertThat(parsed.value().heapParts()).hasSize(20);
    assertThat(parsed.problems()).singleElement().extracting("message").isEqualTo("the text ends within a line");
  }

  @Test
  void otherTextIsRefused() {
    assertThatThrownBy(() -> parse("Unknown diagnostic command\n")).isInstanceOf(NotThisFormat.class);
    assertThatThrownBy(() -> parse("")).isInstanceOf(NotThisFormat.class);
  }

  @Test
  void damagedInputIsSurvived() {
    Hostile.damage(Hostile.ofText((text, limits) -> VmInfoText.parse("VM.info", text, limits)), Fixtures.contents(
        "VM.info"));
    Hostile.damage(Hostile.ofText((text, limits) -> VmInfoText.parse("hs_err", text, limits)), Fixtures.contents(
        "hs_err"));
  }
}
