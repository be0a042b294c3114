package io.tare.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.probe.metric.Metric;
import org.junit.jupiter.api.Test;

class MemstatsLineTest {
  @Test
  void theExactLineReadsBackToTheByte() {
    MemoryStats stats = MemoryStats.withRss();
    MemstatsLine line = MemstatsLine.parse("12:00:01 INFO app - " + stats.exactLine("AFTER_BATCH_17")).orElseThrow();
    assertThat(line).isEqualTo(MemstatsLine.of("AFTER_BATCH_17", stats));
    for (Metric metric : Metric.values()) {
      assertThat(line.get(metric)).isEqualTo(stats.get(metric));
    }
  }

  @Test
  void theLineForPeopleHasWholeMegabytes() {
    MemoryStats stats = MemoryStats.now();
    MemstatsLine line = MemstatsLine.parse(stats.line("START")).orElseThrow();
    assertThat(stats.line("START")).startsWith("[MEMSTATS:START] Alloc=" + (stats.heapUsedBytes() >> 20) + "MB ");
    assertThat(line.get(Metric.HEAP_USED).orElseThrow()).isEqualTo(stats.heapUsedBytes() >> 20 << 20);
  }

  @Test
  void aLineOfAnotherProgramKeepsItsKeys() {
    MemstatsLine line = MemstatsLine.parse("[MEMSTATS:BEFORE_GC] Alloc=78MB HeapObjects=26198 NumGC=4974 ...")
        .orElseThrow();
    assertThat(line.label()).isEqualTo("BEFORE_GC");
    assertThat(line.values()).containsEntry("Alloc", 78L << 20).containsEntry("HeapObjects", 26198L).hasSize(3);
  }

  @Test
  void otherLinesAreNotThisFormat() {
    assertThat(MemstatsLine.parse("Received batch 1000: size=1000 entries")).isEmpty();
    assertThat(MemstatsLine.parse("[MEMSTATS:open")).isEmpty();
  }

  @Test
  void aLabelCannotBreakTheLine() {
    String line = MemoryStats.now().line("a]\n[MEMSTATS:b");
    assertThat(line.lines()).hasSize(1);
    assertThat(MemstatsLine.parse(line).orElseThrow().label()).isEqualTo("a__[MEMSTATS:b");
  }

  @Test
  void aSizeBeyondALongIsLeftOut() {
    assertThat(MemstatsLine.parse("[MEMSTATS:X] Alloc=999999999999999999TB NumGC=1").orElseThrow().values())
        .containsOnlyKeys("NumGC");
  }
}
