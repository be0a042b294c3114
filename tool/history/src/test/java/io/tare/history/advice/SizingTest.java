package io.tare.history.advice;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.history.recording.Entry;
import io.tare.history.recording.Recording.RecordedTrack;
import io.tare.history.recording.SampleRecordings;
import io.tare.model.history.Advice;
import io.tare.model.history.Advice.Setting;
import io.tare.model.history.Ending;
import io.tare.model.history.RecordedProcess;
import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import io.tare.model.history.Weighing;
import io.tare.model.history.Weighing.WeighingReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sizes from what a load needed, and when there are none. */
class SizingTest {
  private static final long START = SampleRecordings.START;
  private static final long MB = 1 << 20;
  private static final Duration LEAST = Duration.ofMinutes(5);
  private static final Map<String, Long> OF_JVM = Map.of("heap.used", 150 * MB, "heap.idle", 30 * MB, "malloc.used",
      50 * MB, "metaspace.nonclass", 40 * MB, "libraries", 20 * MB, "mapped", 10 * MB);

  /** 300 MB resident all the time, 310 MB between two readings once. */
  private static Entry sample(int second, int busyPercent) {
    long[] values = Sample.noValues();
    values[SampleColumn.RSS.index()] = 300 * MB;
    values[SampleColumn.RSS_ANON.index()] = 280 * MB;
    values[SampleColumn.RSS_PEAK.index()] = 310 * MB;
    values[SampleColumn.THREADS.index()] = 20;
    values[SampleColumn.CPU_NANOS.index()] = second * 10_000_000L * busyPercent;
    if (busyPercent > 0) {
      values[SampleColumn.HEAP_USED.index()] = (second % 2 == 0 ? 160 : 100) * MB;
      values[SampleColumn.HEAP_FLOOR.index()] = 60 * MB;
      values[SampleColumn.GC_RUNS.index()] = second;
      values[SampleColumn.GC_NANOS.index()] = second * 5_000_000L;
      values[SampleColumn.GC_KIND.index()] = SampleColumn.Collector.G1.code();
    }
    return new Entry.Sampled(1, Sample.of(START + second * 1000L, values));
  }

  /** The same with a heap of at most so much: all of which G1 may make old. */
  private static Entry withHeapOf(long most) {
    long[] values = Sample.noValues();
    values[SampleColumn.OLD_MOST.index()] = most;
    return new Entry.Sampled(1, Sample.of(START + 401_000, values));
  }

  private static RecordedTrack track(String runtime, int seconds, int busyPercent, Map<String, Long> accounts,
      List<Entry> more) {
    RecordedProcess who = new RecordedProcess(4711, 1, "boot-1", "orders", runtime, OptionalLong.empty());
    List<Entry> entries = new ArrayList<>(
        List.of(new Entry.Opened(START, "0.1", 1000), new Entry.Target(START, 1, who)));
    for (int second = 0; second <= seconds; second++) {
      entries.add(sample(second, busyPercent));
    }
    if (!accounts.isEmpty()) {
      entries.add(new Entry.Weighed(1, new Weighing(START + 1000, WeighingReason.BASELINE,
          accounts.values().stream().mapToLong(Long::longValue).sum(), OptionalLong.empty(), accounts, 0, 1)));
    }
    entries.addAll(more);
    return SampleRecordings.recording(entries).tracks().getFirst();
  }

  private static RecordedTrack jvm(int seconds) {
    return track("HotSpot JVM", seconds, 50, OF_JVM, List.of());
  }

  private static long megabytes(Advice advice, String id) {
    return advice.setting(id).map(Setting::bytes).orElseThrow() / MB;
  }

  @Test
  void aHeapIsSizedByWhatIsLeftAfterCollectionsAndTheLimitByTheHeapAndWhatLiesBeside() {
    Advice advice = Sizing.of(List.of(jvm(400)), LEAST);
    assertThat(advice.refusals()).isEmpty();
    assertThat(megabytes(advice, Advice.HEAP_MOST)).as("1.6 x 60").isEqualTo(96);
    // Beside the heap 110 MB and a tenth; for the kernel 310 MB / 400, 20 threads of 24 KB, and 1 MB.
    assertThat(megabytes(advice, Advice.LIMIT)).isEqualTo(96 + 121 + 3);
    assertThat(advice.settings()).extracting(Setting::option).containsExactly("", "", "-Xmx96m", "-Xms60m",
        "-XX:MaxRAMPercentage=43.6", "-XX:MaxMetaspaceSize=60m");
    assertThat(megabytes(advice, Advice.REQUEST)).as("never above the limit").isEqualTo(220);
  }

  @Test
  void otherProgramsAreSizedByTheMostThatWasResidentAlsoBetweenReadings() {
    Advice advice = Sizing.of(List.of(track("native", 400, 50, Map.of("anonymous", 280 * MB, "libraries", 20 * MB),
        List.of())), LEAST);
    // 280 MB anonymous, 10 MB that no reading saw, 20 MB of libraries; a twentieth, and the kernel's.
    assertThat(megabytes(advice, Advice.LIMIT)).isEqualTo(328);
    assertThat(megabytes(advice, Advice.REQUEST)).isEqualTo(315);
    assertThat(advice.settings()).hasSize(2);
  }

  @Test
  void sharedMemoryIsChargedAsWell() {
    long[] values = Sample.noValues();
    values[SampleColumn.RSS_SHARED.index()] = 100 * MB;
    Entry shared = new Entry.Sampled(1, Sample.of(START + 401_000, values));
    Advice advice = Sizing.of(List.of(track("native", 400, 50, Map.of("anonymous", 280 * MB, "libraries", 20 * MB),
        List.of(shared))), LEAST);
    // 280 MB anonymous, 100 MB shared, 10 MB that no reading saw, 20 MB of libraries: 410, a twentieth, and 2.5 for the kernel.
    assertThat(megabytes(advice, Advice.LIMIT)).isEqualTo(433);
  }

  @Test
  void goIsGivenABoundOfItsOwn() {
    Advice advice = Sizing.of(List.of(track("Go", 400, 50,
        Map.of("go.heap", 90 * MB, "go.idle", 20 * MB, "go.runtime", 10 * MB, "libraries", 20 * MB), List.of())),
        LEAST);
    // 280 MB anonymous, 10 MB that no reading saw, 20 MB of the program: 310, a twentieth, and 2.2 for the kernel.
    assertThat(megabytes(advice, Advice.LIMIT)).isEqualTo(328);
    assertThat(advice.setting(Advice.GO_LIMIT).orElseThrow().option()).as("328 - 2.2 - 21")
        .isEqualTo("GOMEMLIMIT=304MiB");
  }

  /** Arrays of 75 MB: three are alive at once, and nothing is garbage when a fourth is wanted. Old is two thirds of such a heap. */
  @Test
  void aHeapOfTwoGenerationsHoldsWhatWasInUseInItsOldOne() {
    List<Entry> large = new ArrayList<>();
    for (int second = 401; second <= 520; second++) {
      long[] values = Sample.noValues();
      values[SampleColumn.HEAP_USED.index()] = 300 * MB;
      values[SampleColumn.HEAP_FLOOR.index()] = 225 * MB;
      values[SampleColumn.GC_KIND.index()] = SampleColumn.Collector.SERIAL.code();
      values[SampleColumn.OLD_MOST.index()] = 682 * MB;
      large.add(new Entry.Sampled(1, Sample.of(START + second * 1000L, values)));
    }
    RecordedTrack serial = SampleRecordings.recording(Stream.of(List.of(new Entry.Opened(START, "0.1", 1000),
        new Entry.Target(START, 1,
            new RecordedProcess(4711, 1, "boot-1", "batch", "HotSpot JVM", OptionalLong.empty())),
        new Entry.Sampled(1, busy(START, Sample.UNKNOWN)),
        new Entry.Weighed(1, new Weighing(START + 1000, WeighingReason.BASELINE, 320 * MB, OptionalLong.empty(),
            Map.of("heap.used", 300 * MB, "libraries", 20 * MB), 0, 1))),
        large, List.<Entry>of(
            new Entry.Sampled(1, busy(START + 521_000, Sample.UNKNOWN))))
        .<Entry>flatMap(List::stream).toList()).tracks().getFirst();
    assertThat(megabytes(Sizing.of(List.of(serial), LEAST), Advice.HEAP_MOST)).as("1.75 x 225, not 1.05 x 300")
        .isEqualTo(394);
  }

  private static Sample busy(long epochMillis, long heapUsed) {
    long[] values = Sample.noValues();
    values[SampleColumn.HEAP_USED.index()] = heapUsed;
    values[SampleColumn.RSS.index()] = 320 * MB;
    values[SampleColumn.CPU_NANOS.index()] = (epochMillis - START) * 500_000;
    return Sample.of(epochMillis, values);
  }

  @Test
  void ofSeveralRecordingsEachFigureIsTheMost() {
    RecordedTrack classes = track("HotSpot JVM", 400, 50, Map.of("heap.used", 10 * MB, "metaspace.nonclass", 80 * MB),
        List.of());
    Advice advice = Sizing.of(List.of(jvm(400), classes), LEAST);
    assertThat(megabytes(advice, Advice.METASPACE)).isEqualTo(112);
    assertThat(megabytes(advice, Advice.HEAP_MOST)).isEqualTo(96);
    assertThat(advice.lasted()).hasSeconds(800);
  }

  @Test
  void whatIsTooShortWithoutLoadWithoutALedgerOrKilledCarriesNoSizes() {
    assertThat(Sizing.of(List.of(jvm(299)), LEAST)).satisfies(short299 -> {
      assertThat(short299.settings()).isEmpty();
      assertThat(short299.refusals()).singleElement().asString().contains("shows no peak");
    });
    assertThat(Sizing.of(List.of(jvm(299)), Duration.ofSeconds(299)).refusals()).isEmpty();
    assertThat(Sizing.of(List.of(track("native", 400, 0, OF_JVM, List.of())), LEAST).refusals()).singleElement()
        .asString().startsWith("orders, pid 4711: there was no load: 0.0 % of a processor");
    assertThat(Sizing.of(List.of(track("native", 400, 50, Map.of(), List.of())), LEAST).refusals()).singleElement()
        .asString().contains("holds no ledger");
    List<Entry> killed = List.of(new Entry.Ended(1,
        new Ending(START + 401_000, Ending.Cause.OUT_OF_MEMORY, 9, "killed for want of memory")));
    assertThat(Sizing.of(List.of(track("native", 400, 50, OF_JVM, killed)), LEAST).refusals()).singleElement()
        .asString()
        .contains("it was killed for want of memory");
  }

  @Test
  void whereTheHeapWasAsSmallWhenItWasRecordedTheLimitFollowsWhatWasResident() {
    // 1.6 x 60 is 96; a tenth more is still the same heap.
    Advice tried = Sizing.of(List.of(track("HotSpot JVM", 400, 50, OF_JVM, List.of(withHeapOf(105 * MB)))), LEAST);
    assertThat(megabytes(tried, Advice.HEAP_MOST)).isEqualTo(105);
    // With the heap 105 + 121 + 3; 310 MB resident and a twentieth are more.
    assertThat(megabytes(tried, Advice.LIMIT)).isEqualTo(105 + 121 + 3);
    assertThat(tried.risks()).noneMatch(risk -> risk.contains("record once more"));
    Map<String, Long> heavy = Map.of("heap.used", 100 * MB, "malloc.used", 300 * MB, "libraries", 20 * MB);
    Advice full = Sizing.of(List.of(track("HotSpot JVM", 400, 50, heavy, List.of(withHeapOf(100 * MB)))), LEAST);
    // 280 MB anonymous, 10 MB that no reading saw, 20 MB of libraries; a twentieth, and the kernel's.
    assertThat(megabytes(full, Advice.LIMIT)).as("not 100 + 352").isEqualTo(328);
    Advice larger = Sizing.of(List.of(track("HotSpot JVM", 400, 50, heavy, List.of(withHeapOf(106 * MB)))), LEAST);
    assertThat(megabytes(larger, Advice.HEAP_MOST)).isEqualTo(96);
    assertThat(megabytes(larger, Advice.LIMIT)).isEqualTo(96 + 352 + 3);
    assertThat(larger.risks()).anyMatch(risk -> risk.contains("record once more with these sizes"));
  }

  /** Without a floor that settled what is in use stands for what is alive: 1.6 x 160 and a tenth is 281. */
  @Test
  void aHeapThatWasTriedStaysAsItIsThoughItsFloorDidNotSettle() {
    List<Entry> rising = new ArrayList<>(List.of(withHeapOf(281 * MB)));
    for (int second = 402; second <= 520; second++) {
      long[] values = Sample.noValues();
      values[SampleColumn.HEAP_FLOOR.index()] = 67 * MB;
      rising.add(new Entry.Sampled(1, Sample.of(START + second * 1000L, values)));
    }
    Map<String, Long> heavy = Map.of("heap.used", 160 * MB, "malloc.used", 130 * MB, "libraries", 20 * MB);
    Advice tried = Sizing.of(List.of(track("HotSpot JVM", 400, 50, heavy, rising)), LEAST);
    assertThat(megabytes(tried, Advice.HEAP_MOST)).isEqualTo(281);
    assertThat(megabytes(tried, Advice.LIMIT)).as("resident, not 281 + 165").isEqualTo(328);
    rising.set(0, withHeapOf(283 * MB));
    Advice larger = Sizing.of(List.of(track("HotSpot JVM", 400, 50, heavy, rising)), LEAST);
    assertThat(megabytes(larger, Advice.HEAP_MOST)).as("160 and a twentieth").isEqualTo(168);
  }

  @Test
  void whatStaysAliveAndStillGrowsAtTheEndDoesNotSizeTheHeap() {
    List<Entry> rising = new ArrayList<>();
    for (int second = 401; second <= 520; second++) {
      long[] values = Sample.noValues();
      values[SampleColumn.HEAP_FLOOR.index()] = 67 * MB;
      rising.add(new Entry.Sampled(1, Sample.of(START + second * 1000L, values)));
    }
    Advice advice = Sizing.of(List.of(track("HotSpot JVM", 400, 50, OF_JVM, rising)), LEAST);
    assertThat(megabytes(advice, Advice.HEAP_MOST)).as("160 in use and a twentieth, not 1.6 x 67").isEqualTo(168);
    assertThat(advice.setting(Advice.HEAP_MOST).orElseThrow().basis()).contains("was not seen to settle");
  }

  @Test
  void aLedgerThatCouldNotTellTheHeapSaysNothingOfWhatLiesBesideIt() {
    Weighing atTheEnd = new Weighing(START + 401_000, WeighingReason.MOVED, 300 * MB, OptionalLong.empty(),
        Map.of("libraries", 18 * MB, "unexplained", 282 * MB), 0, 1);
    Advice advice = Sizing.of(List.of(track("HotSpot JVM", 400, 50, OF_JVM, List.of(new Entry.Weighed(1, atTheEnd)))),
        LEAST);
    assertThat(megabytes(advice, Advice.LIMIT)).as("as without it").isEqualTo(96 + 121 + 3);
    assertThat(Sizing.of(List.of(track("HotSpot JVM", 400, 50, Map.of("unexplained", 282 * MB), List.of())), LEAST)
        .refusals()).singleElement().asString().contains("no ledger tells the Java heap");
  }

  @Test
  void oneRecordingThatCarriesNoneSpoilsAllTogether() {
    assertThat(Sizing.of(List.of(jvm(400), jvm(10)), LEAST).settings()).isEmpty();
  }
}
