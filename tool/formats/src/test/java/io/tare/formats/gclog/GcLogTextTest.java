package io.tare.formats.gclog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.fixtures.Fixtures;
import io.tare.formats.fixtures.Hostile;
import io.tare.model.jvm.GcEvent;
import io.tare.model.jvm.GcEvent.Sort;
import io.tare.model.jvm.GcLog;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GcLogTextTest {
  private static Parsed<GcLog> parse(String text) throws NotThisFormat {
    return GcLogText.parse("gc.log", text, ParseLimits.DEFAULT);
  }

  static Stream<Path> everyLog() {
    return Stream.of("gc.log", "gc-all.log").flatMap(name -> Fixtures.named(name).stream());
  }

  @ParameterizedTest
  @MethodSource("everyLog")
  void everyLineOfARealLogIsUnderstood(Path file) throws NotThisFormat {
    Parsed<GcLog> parsed = parse(Fixtures.text(Fixtures.ROOT.relativize(file).toString()));
    assertThat(parsed.problems()).isEmpty();
    assertThat(parsed.value().events()).isNotEmpty().allMatch(event -> event.at().isPresent()
        || event.uptimeSeconds().isPresent());
    assertThat(parsed.value().events()).filteredOn(event -> event.heap().isPresent()).isNotEmpty()
        .allMatch(event -> event.heap().get().afterBytes() <= 40L << 20);
  }

  @ParameterizedTest
  @CsvSource({"g1,G1", "serial,Serial", "parallel,Parallel", "z,Z Garbage Collector", "shenandoah,Shenandoah"})
  void theCollectorIsNamedOnBothReleases(String folder, String name) throws NotThisFormat {
    for (String jdk : List.of("openjdk-17.0.15", "temurin-25.0.3")) {
      assertThat(parse(Fixtures.text(jdk + "-gclog-" + folder + "/gc.log")).value().collector()).isEqualTo(name);
    }
  }

  @Test
  void aPauseOfG1TellsItsHeapItsCauseAndItsTime() throws NotThisFormat {
    GcEvent event = parse(
        "[0.361s][info][gc] GC(7) Pause Young (Normal) (G1 Evacuation Pause) 6M->1M(40M) 114.002ms\n").value().events()
        .getFirst();
    assertThat(event.number()).isEqualTo(7);
    assertThat(event.what()).isEqualTo("Pause Young (Normal)");
    assertThat(event.cause()).isEqualTo("G1 Evacuation Pause");
    assertThat(event.sort()).isEqualTo(Sort.PARTIAL);
    assertThat(event.heap().orElseThrow().freedBytes()).isEqualTo(5 << 20);
    assertThat(event.heap().orElseThrow().committedBytes()).hasValue(40 << 20);
    assertThat(event.pauseMillis()).hasValue(114.002);
    assertThat(event.uptimeSeconds()).hasValue(0.361);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"GC(1) Pause Full (System.gc()) 9M->2M(40M) 3.1ms | WHOLE",
      "GC(0) Garbage Collection (Warmup) 24M(60%)->6M(15%) | WHOLE",
      "GC(0) Major Collection (Warmup) 4M(10%)->4M(10%) 0.003s | WHOLE",
      "GC(3) Minor Collection (Allocation Rate) 32M(80%)->10M(25%) 0.002s | PARTIAL",
      "GC(27) Concurrent cleanup 36M->5M(40M) 0.009ms | WHOLE",
      "GC(27) Concurrent cleanup (Young) 36M->5M(40M) 0.009ms | PARTIAL",
      "GC(47) Pause Remark 18M->15M(40M) 0.293ms | MARKED", "GC(47) Pause Cleanup 16M->16M(40M) 0.012ms | PAUSE",
      "GC(1) Pause Mark Start 0.007ms | PAUSE", "GC(0) O: Pause Mark End 0.006ms | PAUSE"})
  void collectionsAreSortedByWhatTheyLookAt(String message, Sort sort) throws NotThisFormat {
    assertThat(parse("[1.0s] " + message).value().events()).singleElement().extracting(GcEvent::sort).isEqualTo(sort);
  }

  @Test
  void sizesOfRegionsAndPhasesAreNotTakenForTheHeaps() throws NotThisFormat {
    GcLog log = parse("""
        [0.2s][info][gc] Using G1
        [0.3s][info][gc,heap] GC(3) Eden regions: 22->0(21)
        [0.3s][info][gc,metaspace] GC(3) Metaspace: 78K(320K)->78K(320K) NonClass: 75K(192K)->75K(192K)
        """).value();
    assertThat(log.events()).isEmpty();
  }

  @Test
  void datesWithAndWithoutMillisecondsOfUptimeGiveTheWallClock() throws NotThisFormat {
    GcEvent event = parse(Fixtures.text("temurin-25.0.3-gclog-dates/gc.log")).value().events().getFirst();
    assertThat(event.at()).contains(Instant.parse("2026-11-21T08:03:30.887Z"));
    assertThat(event.uptimeSeconds()).hasValue(0.062);
  }

  @Test
  void processorTimeOfCollectionsIsAddedUp() throws NotThisFormat {
    GcLog log = parse("""
        [0.2s][info][gc,cpu] GC(0) User=0.03s Sys=0.01s Real=0.02s
        [0.4s][info][gc    ] GC(0) Pause Young (Allocation Failure) 10M->1M(38M) 2.1ms
        [0.4s][info][gc,cpu] GC(1) User=0.02s Sys=0.00s Real=0.02s
        """).value();
    assertThat(log.cpuSeconds()).isEqualTo(0.06);
  }

  @Test
  void linesOfOtherLogsAreProblemsAndOtherFilesAreNotThisFormat() throws NotThisFormat {
    Parsed<GcLog> mixed = parse("""
        [main] INFO com.example.Orders - started
        [0.4s][info][gc] GC(0) Pause Young (Allocation Failure) 10M->1M(38M) 2.1ms
        """);
    assertThat(mixed.problems()).singleElement().satisfies(p -> assertThat(p.where()).isEqualTo("line 1"));
    assertThatThrownBy(() -> parse("hello\nworld\n")).isInstanceOf(NotThisFormat.class);
  }

  @Test
  void damageNeverBreaksTheReader() {
    Hostile.damage(Hostile.ofText((text, limits) -> GcLogText.parse("gc.log", text, limits)),
        Fixtures.contents("gc.log"));
  }
}
