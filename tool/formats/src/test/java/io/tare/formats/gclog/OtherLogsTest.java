package io.tare.formats.gclog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.fixtures.Fixtures;
import io.tare.model.jvm.GcEvent;
import io.tare.model.jvm.GcEvent.Heap;
import io.tare.model.jvm.GcEvent.Sort;
import io.tare.model.jvm.GcLog;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Logs of Java 8, of Go and of Node.js: real ones, and single lines of them. */
class OtherLogsTest {
  private static GcLog log(String text) throws NotThisFormat {
    return GcLogText.parse("gc.log", text, ParseLimits.DEFAULT).value();
  }

  private static GcEvent event(String line) throws NotThisFormat {
    List<GcEvent> events = log(line + "\n").events();
    assertThat(events).hasSize(1);
    return events.getFirst();
  }

  private static Heap kilobytes(long before, long after, long committed) {
    return new Heap(before << 10, after << 10, OptionalLong.of(committed << 10));
  }

  @ParameterizedTest
  @CsvSource({"g1,G1", "serial,Serial", "parallel,Parallel", "cms,Concurrent Mark Sweep"})
  void everyLineOfJavaEightIsUnderstoodInShortAndInDetail(String folder, String collector) throws NotThisFormat {
    for (String name : List.of("gc-eight.log", "gc-eight-all.log")) {
      String text = Fixtures.text("openjdk-8u504-gclog-" + folder + "/" + name);
      List<String> lines = text.lines().takeWhile(line -> !line.equals("Heap")).toList();
      var parsed = GcLogText.parse(name, String.join("\n", lines), ParseLimits.DEFAULT);
      assertThat(parsed.problems()).isEmpty();
      assertThat(parsed.value().collector()).isEqualTo(collector);
      assertThat(parsed.value().version()).isEqualTo("1.8.0_504-8u504-ga-1-b01");
      assertThat(parsed.value().events()).allMatch(event -> event.uptimeSeconds().isPresent()
          && event.at().isPresent() && event.pauseMillis().isPresent());
      assertThat(parsed.value().events()).filteredOn(event -> event.sort() == Sort.WHOLE).singleElement()
          .satisfies(event -> {
            assertThat(event.cause()).isEqualTo("System.gc()");
            assertThat(event.heap().orElseThrow().afterBytes()).isBetween(9088L << 10, 9097L << 10);
          });
    }
  }

  @Test
  void theHeapIsWhatStandsOutsideTheGenerationsBrackets() throws NotThisFormat {
    GcEvent event = event("2026-11-21T23:11:58.410+0000: 1.442: [GC (Allocation Failure) 2026-11-21T23:11:58.410+0000:"
        + " 1.442: [DefNew: 6832K->342K(7424K), 0.0001862 secs] 7261K->771K(23808K), 0.0002036 secs] [Times: user=0.00"
        + " sys=0.00, real=0.00 secs] ");
    assertThat(event.heap()).contains(kilobytes(7261, 771, 23808));
    assertThat(event.at()).contains(Instant.parse("2026-11-21T23:11:58.410Z"));
    assertThat(event.uptimeSeconds()).hasValue(1.442);
    assertThat(event.pauseMillis()).hasValue(0.2036);
    assertThat(event.sort()).isEqualTo(Sort.PARTIAL);
    assertThat(event.cause()).isEqualTo("Allocation Failure");
    assertThat(event("[Full GC (Ergonomics)  9M->8M(24M), 0.01 secs]").sort()).isEqualTo(Sort.WHOLE);
  }

  /** With details G1 tells the heap some lines below the pause. */
  @Test
  void theHeapOfAPauseOfG1MayStandBelowIt() throws NotThisFormat {
    GcEvent event = event("""
        1.481: [GC pause (G1 Humongous Allocation) (mixed), 0.0333138 secs]
           [Parallel Time: 22.0 ms, GC Workers: 2]
           [Eden: 7168.0K(7168.0K)->0.0B(12.0M) Survivors: 0.0B->1024.0K Heap: 7168.0K(24.0M)->514.5K(24.0M)]""");
    assertThat(event.heap()).contains(new Heap(7168 << 10, 1029 << 9, OptionalLong.of(24 << 20)));
    assertThat(event.what()).isEqualTo("GC pause (mixed)");
    assertThat(event.pauseMillis().orElseThrow()).isEqualTo(33.3138);
  }

  @Test
  void markingOfConcurrentCollectorsLooksAtTheWholeHeap() throws NotThisFormat {
    assertThat(event("1.809: [GC remark, 0.0010000 secs]").sort()).isEqualTo(Sort.MARKED);
    assertThat(event("2.721: [GC (CMS Final Remark)  10177K(23808K), 0.0027950 secs]"))
        .satisfies(event -> {
          assertThat(event.sort()).isEqualTo(Sort.MARKED);
          assertThat(event.heap()).isEmpty();
        });
    assertThat(event("2.170: [GC (CMS Initial Mark)  12154K(23808K), 0.0012275 secs]").sort()).isEqualTo(Sort.PAUSE);
    assertThat(event("2.100: [GC cleanup 9M->9M(24M), 0.0003 secs]").sort()).isEqualTo(Sort.PAUSE);
  }

  @Test
  void goTellsWhatLivesAfterEachCycle() throws NotThisFormat {
    GcEvent event = event("gc 84 @1.752s 5%: 0.047+13+0.003 ms clock, 0.094+0/0.40/12+0.007 ms cpu, 78->79->39 MB,"
        + " 80 MB goal, 0 MB stacks, 0 MB globals, 2 P (forced)");
    assertThat(event).isEqualTo(new GcEvent(Optional.empty(), OptionalDouble.of(1.752), 84, Sort.WHOLE,
        "Go cycle", "forced", Optional.of(new Heap(79L << 20, 39L << 20, OptionalLong.empty())),
        OptionalDouble.of(0.047 + 0.003)));
    GcLog log = log(Fixtures.text("go-1.19.8-gctrace/gctrace.log"));
    assertThat(log.events()).hasSize(85);
    assertThat(log.collector()).isEqualTo("Go");
  }

  @Test
  void nodeTellsScavengesFromCollectionsOfTheWholeHeap() throws NotThisFormat {
    GcEvent marked = event("[4711:0x42418c00]      104 ms: Mark-Compact 14.5 (24.5) -> 9.5 (29.0) MB, 2.87 / 0.00 ms "
        + " (+ 7.5 ms in 69 steps since start of marking, biggest step 4.8 ms, walltime since start of marking 12 ms)"
        + " (average mu = 1.000, current mu = 1.000) finalize incremental marking via task; GC in old space requested");
    assertThat(marked.sort()).isEqualTo(Sort.WHOLE);
    assertThat(marked.what()).isEqualTo("Mark-Compact");
    assertThat(marked.cause()).isEqualTo("finalize incremental marking via task");
    assertThat(marked.heap()).contains(new Heap(29 << 19, 19 << 19, OptionalLong.of(29 << 20)));
    assertThat(marked.uptimeSeconds()).hasValue(0.104);
    assertThat(marked.pauseMillis()).hasValue(2.87);
  }

  @ParameterizedTest
  @CsvSource({"20.20.2", "24.22.2"})
  void everyLineOfARealTraceOfNodeIsUnderstood(String version) throws NotThisFormat {
    String text = Fixtures.text("node-" + version + "-trace-gc/trace-gc.log");
    GcLog log = log(text);
    assertThat(log.events()).hasSize((int) text.lines().filter(line -> line.contains(" ms: ")).count());
    assertThat(log.collector()).isEqualTo("V8");
    assertThat(log.events()).filteredOn(event -> event.sort() == Sort.WHOLE)
        .hasSize((int) text.lines().filter(line -> line.contains("Mark-Compact")).count()).isNotEmpty();
  }

  /** {@code [orders]} looks like a tag. */
  @Test
  void theHostAmongTheDecorationsIsNoTag() throws NotThisFormat {
    String text = Fixtures.text("temurin-25.0.3-gclog-hostname/gc-host.log");
    assertThat(log(text).events()).hasSize((int) text.lines().filter(line -> line.contains("Pause")).count());
    assertThat(event("[2026-11-21T23:11:15.432+0000][orders] GC(0) Pause Young (Normal) (G1 Evacuation Pause)"
        + " 13M->1M(24M) 1.161ms").heap()).contains(kilobytes(13 << 10, 1 << 10, 24 << 10));
  }
}
