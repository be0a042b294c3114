package io.tare.history.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.formats.ParseLimits;
import io.tare.history.judge.LeakJudge.LeakOptions;
import io.tare.model.history.LeakVerdict.Answer;
import io.tare.model.history.LogSummary;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class LogReadingTest {
  private static LogSummary read(String text) {
    LogReading reading = new LogReading(ParseLimits.DEFAULT);
    reading.source("app.log");
    text.lines().forEach(reading::accept);
    return reading.summary(LeakOptions.USUAL);
  }

  /** Half an hour of full collections whose floor rises by so much each minute. */
  private static String collections(double megabytesPerMinute) {
    StringBuilder log = new StringBuilder("[0.002s][info][gc] Using Serial\n");
    for (int i = 0; i < 360; i++) {
      double seconds = 5.0 * i + 5;
      log.append(String.format(Locale.ROOT, "[%.3fs][info][gc] GC(%d) Pause %s %dK->%dK(65536K) %d.5ms%n", seconds, i,
          i % 6 == 5 ? "Full (Ergonomics)" : "Young (Allocation Failure)", 40_000,
          (long) (10_000 + megabytesPerMinute * 1024 * seconds / 60 + (i % 6) * 500), 1 + i % 10));
    }
    return log.toString();
  }

  @Test
  void aCollectionLogGivesEffectivenessPausesAndTheLeakVerdict() {
    LogSummary log = read(collections(0.5));
    LogSummary.Collections gc = log.collections().orElseThrow();
    assertThat(gc.collector()).isEqualTo("Serial");
    assertThat(gc.runs()).isEqualTo(360);
    assertThat(gc.wholeRuns()).isEqualTo(60);
    assertThat(gc.pauses().count()).isEqualTo(360);
    assertThat(gc.pauses().median()).isEqualTo(5.5);
    assertThat(gc.pauses().longest()).isEqualTo(10.5);
    assertThat(gc.causes()).extracting(LogSummary.Cause::count).containsExactly(300L, 60L);
    assertThat(log.verdict().orElseThrow().answer()).isEqualTo(Answer.LEAK);
    double perHour = log.verdict().orElseThrow().courses().getFirst().perHour().orElseThrow().estimate();
    assertThat(perHour / (1 << 20)).isBetween(29.0, 31.0);
  }

  /** 360 pauses of 1.5 to 10.5 ms, each length as often as any other: 99 of 100 are no longer than the longest. */
  @Test
  void pausesAreReadWhereALineTellsThem() {
    LogReading reading = new LogReading(ParseLimits.DEFAULT);
    assertThat(reading.pauses()).isEmpty();
    reading.accept("listening on port 8080");
    assertThat(reading.pauses()).isEmpty();
    collections(0).lines().forEach(reading::accept);
    assertThat(reading.pauses().map(LogSummary.Pauses::p99)).contains(10.5);
    assertThat(reading.pauses().map(LogSummary.Pauses::count)).contains(360L);
  }

  @Test
  void aFloorThatStaysIsNoLeak() {
    assertThat(read(collections(0)).verdict().orElseThrow().answer()).isEqualTo(Answer.NO_LEAK);
  }

  @Test
  void theSeedsPageOfGrepAndAwkIsOneReading() {
    LogSummary log = read("""
        [MEMSTATS:START_PREPARE_SCAN] Alloc=2MB Sys=12MB HeapObjects=22252 NumGC=1
        Received batch 1000: size=1000 entries, est_bytes=137 KB
        [MEMSTATS:AFTER_BATCH_1000] Alloc=15MB
        Received batch 2000: size=1000 entries, est_bytes=141 KB
        [MEMSTATS:BEFORE_WRITE_100] Alloc=55MB
        [MEMSTATS:AFTER_WRITE_100] Alloc=36MB
        [MEMSTATS:BEFORE_GC] Alloc=78MB HeapObjects=26198 NumGC=4974
        [MEMSTATS:AFTER_GC]  Alloc=42MB HeapObjects=6124 NumGC=4976
        something else
        """);
    LogSummary.Labels labels = log.labels().orElseThrow();
    assertThat(log.unknownLines()).isEqualTo(1);
    assertThat(labels.peaks().getFirst()).isEqualTo(new LogSummary.Peak("Alloc", 78 << 20, "BEFORE_GC"));
    assertThat(labels.runs()).hasValue(4975);
    assertThat(labels.forced().orElseThrow().freedBytes()).isEqualTo(36 << 20);
    assertThat(labels.forced().orElseThrow().freedObjects()).hasValue(20_074);
    assertThat(labels.batches().orElseThrow().entriesEach()).hasValue(1000);
    assertThat(labels.batches().orElseThrow().bytesEach()).hasValue(139 << 10);
    assertThat(labels.phases()).extracting(LogSummary.Phase::label).contains("AFTER_BATCH_#", "AFTER_WRITE_#");
    assertThat(log.verdict().orElseThrow().answer()).isEqualTo(Answer.CANNOT_TELL);
  }

  @Test
  void labelledRoundsAreJudgedExactlyEvenWithoutTimes() {
    StringBuilder text = new StringBuilder();
    for (int round = 0; round < 6; round++) {
      text.append("[MEMSTATS:START] Alloc=").append(40 + round).append("MB\n[MEMSTATS:AFTER_RUN] Alloc=90MB\n")
          .append("[MEMSTATS:AFTER_GC] Alloc=").append(41 + round).append("MB HeapObjects=").append(1000 + 7 * round)
          .append('\n');
    }
    LogSummary log = read(text.toString());
    assertThat(log.verdict().orElseThrow().answer()).isEqualTo(Answer.LEAK);
    assertThat(log.verdict().orElseThrow().rounds().orElseThrow().remainders())
        .anySatisfy(rest -> assertThat(rest.perRound().estimate()).isEqualTo(1 << 20));
  }

  @Test
  void filesOfARotatedLogMayComeInAnyOrder() {
    String[] lines = collections(0.5).lines().toArray(String[]::new);
    LogReading reading = new LogReading(ParseLimits.DEFAULT);
    reading.source("gc.log");
    for (int i = 200; i < lines.length; i++) {
      reading.accept(lines[i]);
    }
    reading.source("gc.log.0");
    for (int i = 0; i < 200; i++) {
      reading.accept(lines[i]);
    }
    LogSummary log = reading.summary(LeakOptions.USUAL);
    assertThat(log.collections().orElseThrow().seconds()).isEqualTo(1795);
    assertThat(log.verdict().orElseThrow().answer()).isEqualTo(Answer.LEAK);
  }

  @Test
  void twoReportsOfNativeMemoryTrackingGiveTheChange() {
    String report = """
        4711:

        Native Memory Tracking:

        Total: reserved=1515342KB, committed=%dKB
               malloc: 14782KB #8315
        -                     Class (reserved=1048651KB, committed=%dKB)
                                    (malloc=75KB #955)
        -                    Thread (reserved=22601KB, committed=1269KB)
        """;
    LogSummary log = read(report.formatted(100, 203) + "\n" + report.formatted(400, 503));
    assertThat(log.unknownLines()).isZero();
    assertThat(log.categories().orElseThrow().reports()).isEqualTo(2);
    assertThat(log.categories().orElseThrow().categories().getFirst())
        .isEqualTo(new LogSummary.Category("Class", 503 << 10, 300 << 10));
  }
}
