package io.tare.history.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.tare.model.history.SampleColumn.Collector;
import io.tare.model.history.Series;
import io.tare.model.history.Series.Point;
import io.tare.model.history.Series.SeriesUnit;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.SeriesVerdict;
import io.tare.model.history.SeriesVerdict.Direction;
import io.tare.model.history.SeriesVerdict.LeakRole;
import io.tare.model.history.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.LongToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HeapFloorTest {
  private static final double MB = 1 << 20;
  private static final String SETTLED_BY = "; a full collection settles it: tare PID --ask=gc, or tare record --settle";
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static Point at(long second, double value) {
    return new Point(START.plusSeconds(second), value);
  }

  private static Series series(String id, SeriesUnit unit, long every, long end, LongToDoubleFunction level) {
    return new Series(id, unit, LongStream.iterate(0, second -> second <= end, second -> second + every)
        .mapToObj(second -> at(second, level.applyAsDouble(second))).toList());
  }

  private static Series bytes(String id, long every, LongToDoubleFunction level) {
    return series(id, SeriesUnit.BYTES, every, 600, level);
  }

  private static Series wholeRuns(long every) {
    return series(SeriesNames.GC_WHOLE_RUNS, SeriesUnit.COUNT_COUNTER, every, 600, second -> second / every);
  }

  private static Optional<SeriesVerdict> judge(Series... series) {
    return HeapFloor.of(new Timeline("orders", START, START.plusSeconds(600), Arrays.asList(series), List.of(),
        OptionalLong.empty(), Optional.empty()), Duration.ofMinutes(5));
  }

  @Test
  void withoutReadingsOfAHeapThereIsNoVerdictOnIt() {
    assertThat(judge()).isEmpty();
    assertThat(judge(new Series(SeriesNames.HEAP_FLOOR, SeriesUnit.BYTES, List.of(at(0, MB))))).isEmpty();
    assertThat(judge(new Series(SeriesNames.HEAP_USED, SeriesUnit.BYTES, List.of(at(0, MB))))).isEmpty();
  }

  /** What lives was measured: nothing has to be concluded from floors. */
  @Test
  void sixMeasurementsOfWhatLivesDecide() {
    SeriesVerdict six = judge(bytes("heap.live", 120, second -> 20 * MB + second * MB / 10),
        bytes(SeriesNames.HEAP_FLOOR, 10, second -> 30 * MB)).orElseThrow();
    assertThat(six.id()).isEqualTo("heap.live");
    assertThat(six.charge()).isEqualTo(LeakRole.NET);
    assertThat(six.direction()).isEqualTo(Direction.GROWING);
    SeriesVerdict five = judge(bytes("heap.live", 150, second -> 20 * MB + second * MB / 10),
        bytes(SeriesNames.HEAP_FLOOR, 10, second -> 30 * MB)).orElseThrow();
    assertThat(five.direction()).isEqualTo(Direction.STEADY);
  }

  /** As recorded of a list that grew by 4 MB a minute in 80 MB under Parallel, until there was no memory: seven full collections, then dozens. */
  @Test
  void anOldGenerationThatIsFullDoesNotMakeALeakSteady() {
    int[] seconds = {15, 139, 223, 279, 293, 307, 321, 335, 349, 362, 374, 384, 398, 410, 421, 430, 439, 447, 454, 461,
        467, 472, 477, 485, 491,
        497, 503, 508, 513, 519};
    double[] left = {31.7, 40.1, 45.8, 49.5, 50.4, 51.4, 52.4, 53.3};
    List<Point> floor = new ArrayList<>();
    List<Point> full = new ArrayList<>(List.of(at(0, 0)));
    for (int i = 0; i < seconds.length; i++) {
      floor.add(at(seconds[i], i < left.length ? left[i] * MB : 53.5 * MB - 700 * (1 + i % 3)));
      full.add(at(seconds[i], i + 1));
    }
    Series[] recorded = {new Series(SeriesNames.HEAP_FLOOR, SeriesUnit.BYTES, floor),
        new Series(SeriesNames.GC_FULL_RUNS, SeriesUnit.COUNT_COUNTER, full), fact(SeriesNames.OLD_MOST, 53.5 * MB),
        fact(SeriesNames.GC_KIND, Collector.PARALLEL.code())};
    SeriesVerdict parallel = judge(recorded).orElseThrow();
    assertThat(parallel.direction()).isEqualTo(Direction.GROWING);
    assertThat(parallel.perHour().orElseThrow().estimate()).isCloseTo(240 * MB, withinPercentage(5));
    recorded[3] = fact(SeriesNames.GC_KIND, Collector.G1.code());
    assertThat(judge(recorded).orElseThrow().direction()).as("of regions, which are never full to the brim")
        .isEqualTo(Direction.STEADY);
  }

  /** Some collect while the program allocates: a ledger right afterwards holds up to 90 MB of new garbage. */
  @ParameterizedTest
  @EnumSource(names = {"ZGC", "SHENANDOAH"})
  void whereAProgramAllocatesMeanwhileTheFloorAfterWholeCollectionsCountsAndNotTheLedgerRightAfterThem(Collector busy) {
    Series[] recorded = {bytes("heap.live", 60, second -> 30 * MB + second / 60 * 7 % 4 * 30 * MB),
        collectedEachMinute(), bytes(SeriesNames.HEAP_FLOOR, 10, second -> 20 * MB + second * 3 * MB / 60),
        fact(SeriesNames.GC_KIND, busy.code())};
    SeriesVerdict verdict = judge(recorded).orElseThrow();
    assertThat(verdict.direction()).isEqualTo(Direction.GROWING);
    assertThat(verdict.perHour().orElseThrow().estimate()).isCloseTo(180 * MB, withinPercentage(2));
    recorded[3] = fact(SeriesNames.GC_KIND, Collector.G1.code());
    assertThat(judge(recorded).orElseThrow().direction()).as("of others the ledger").isEqualTo(Direction.STEADY);
  }

  /** Ledgers right afterwards hold little garbage now; the floors that were read hold up to 60 MB, or none of them was read. */
  @ParameterizedTest
  @EnumSource(names = {"ZGC", "SHENANDOAH"})
  void ofFloorsAndLedgersThoseCountThatAreClearer(Collector busy) {
    Series ledgers = bytes("heap.live", 60, second -> 20 * MB + second * 6 * MB / 60 + second / 60 * 7 % 4 * MB / 4);
    Series noisy = bytes(SeriesNames.HEAP_FLOOR, 10,
        second -> 20 * MB + second * 8 * MB / 60 + second / 60 * 7 % 4 * 6 * MB);
    Series noise = bytes(SeriesNames.HEAP_FLOOR, 10,
        second -> 30 * MB + second / 60 * 7 % 4 * 20 * MB + second * MB / 60);
    Series kind = fact(SeriesNames.GC_KIND, busy.code());
    assertThat(judge(noisy, collectedEachMinute(), kind).orElseThrow().direction()).isEqualTo(Direction.GROWING);
    assertThat(judge(noise, collectedEachMinute(), kind).orElseThrow().direction()).isEqualTo(Direction.UNKNOWN);
    for (Series floor : List.of(noisy, noise)) {
      SeriesVerdict verdict = judge(ledgers, floor, collectedEachMinute(), kind).orElseThrow();
      assertThat(verdict.direction()).isEqualTo(Direction.GROWING);
      assertThat(verdict.perHour().orElseThrow().estimate()).isCloseTo(360 * MB, withinPercentage(2));
    }
  }

  private static Series collectedEachMinute() {
    return series(SeriesNames.GC_WHOLE_RUNS, SeriesUnit.COUNT_COUNTER, 10, 600, second -> (second + 30) / 60);
  }

  /** A collection a minute is asked for; the ledger is taken seconds later, on up to 30 MB of new garbage. */
  @Test
  void afterFullCollectionsTheirFloorCountsAndNotTheLedgerThatIsTakenLater() {
    Series full = series(SeriesNames.GC_FULL_RUNS, SeriesUnit.COUNT_COUNTER, 10, 600, second -> (second + 30) / 60);
    Series ledgers = bytes("heap.live", 60, second -> 20 * MB + second * 4 * MB / 60 + second / 60 * 7 % 4 * 10 * MB);
    SeriesVerdict verdict = judge(ledgers, full,
        bytes(SeriesNames.HEAP_FLOOR, 10, second -> 20 * MB + second * 4 * MB / 60)).orElseThrow();
    assertThat(verdict.direction()).isEqualTo(Direction.GROWING);
    assertThat(verdict.perHour().orElseThrow().estimate()).isEqualTo(240 * MB);
    assertThat(judge(ledgers).orElseThrow().direction()).as("by the ledgers alone").isEqualTo(Direction.UNKNOWN);
  }

  /** As Parallel was seen on a busy machine: every third reading came while the collection still ran, and told of the time before. */
  @Test
  void aFloorThatWasReadWhileTheCollectionRanIsLeftOut() {
    Series full = series(SeriesNames.GC_FULL_RUNS, SeriesUnit.COUNT_COUNTER, 10, 600, second -> second / 60);
    SeriesVerdict verdict = judge(full, bytes(SeriesNames.HEAP_FLOOR, 10, second -> {
      boolean isFull = second > 0 && second % 60 == 0;
      boolean isStale = isFull && second / 60 % 3 == 2;
      return isStale ? withGarbage(second - 10) : isFull ? kept(second) : withGarbage(second);
    })).orElseThrow();
    assertThat(verdict.direction()).isEqualTo(Direction.GROWING);
    assertThat(verdict.perHour().orElseThrow().estimate()).isEqualTo(120 * MB);
    assertThat(verdict.first()).isEqualTo(kept(60));
  }

  private static double kept(long second) {
    return 20 * MB + second * 2 * MB / 60;
  }

  /** What young collections promote piles up, the more after a full one that found no time. */
  private static double withGarbage(long second) {
    return kept(second) + (second % 60 + second / 60 % 3 * 60) * MB / 10;
  }

  @Test
  void twoReadingsOfUsedHeapAreJudgedAndTheAccountStandsInForTheSeries() {
    assertThat(judge(series(SeriesNames.HEAP_USED, SeriesUnit.BYTES, 600, 600, second -> 20 * MB))).isPresent();
    assertThat(judge(bytes("heap.used", 10, second -> 20 * MB)).orElseThrow().words())
        .isEqualTo("hardly anything was allocated, and no collection ran");
  }

  @Test
  void hardlyAnythingIsLessThanOneMegabyte() {
    assertThat(judge(bytes(SeriesNames.HEAP_USED, 10, second -> 20 * MB + second * MB / 601)).orElseThrow())
        .satisfies(verdict -> {
          assertThat(verdict.direction()).isEqualTo(Direction.STEADY);
          assertThat(verdict.words()).isEqualTo("hardly anything was allocated, and no collection ran");
        });
    assertThat(judge(bytes(SeriesNames.HEAP_USED, 10, second -> 20 * MB + second * MB / 600)).orElseThrow())
        .satisfies(verdict -> {
          assertThat(verdict.direction()).isEqualTo(Direction.UNKNOWN);
          assertThat(verdict.words()).isEqualTo("what is used varies by 1.00 MB, and no collection ran: garbage and a"
              + " leak look the same until one does" + SETTLED_BY);
          assertThat(verdict.needs()).contains(Duration.ofMinutes(10));
        });
  }

  @Test
  void collectionsWithoutAReadingRightAfterThemSayNothingOfTheFloor() {
    SeriesVerdict verdict = judge(bytes(SeriesNames.HEAP_USED, 10, second -> 20 * MB + second * MB / 60),
        series(SeriesNames.GC_RUNS, SeriesUnit.COUNT_COUNTER, 300, 600, second -> second / 300)).orElseThrow();
    assertThat(verdict.words())
        .isEqualTo(
            "what is used varies by 10.0 MB, and hardly a reading was taken right after a collection" + SETTLED_BY);
  }

  @Test
  void aFloorThatDoesNotRiseAfterAnyCollectionIsSteadyWithoutWholeOnes() {
    assertThat(judge(bytes(SeriesNames.HEAP_FLOOR, 10, second -> 30 * MB)).orElseThrow().direction())
        .isEqualTo(Direction.STEADY);
    assertThat(judge(bytes(SeriesNames.HEAP_FLOOR, 10, second -> 30 * MB - second * MB / 60)).orElseThrow()
        .direction()).isEqualTo(Direction.FALLING);
  }

  @Test
  void aRisingFloorIsOpenUntilSixWholeCollectionsHaveRun() {
    Series floor = bytes(SeriesNames.HEAP_FLOOR, 10, second -> 30 * MB + second * MB / 60);
    SeriesVerdict none = judge(floor).orElseThrow();
    assertThat(none.direction()).isEqualTo(Direction.UNKNOWN);
    assertThat(none.words()).isEqualTo("the floor after young collections rose by 10.0 MB, but no collection looked at"
        + " the old generation: garbage there looks the same as a leak" + SETTLED_BY);
    assertThat(none.needs()).as("as long again").contains(Duration.ofMinutes(10));
    SeriesVerdict three = judge(floor, wholeRuns(200)).orElseThrow();
    assertThat(three.words())
        .isEqualTo(
            "the floor rose by 10.0 MB; 3 of 6 collections of the whole heap that it takes have run, one every 3 min"
                + SETTLED_BY);
    assertThat(three.needs()).as("200 s for each of the other three").contains(Duration.ofMinutes(10));
    assertThat(judge(floor, wholeRuns(120)).orElseThrow().words()).contains("5 of 6");
    assertThat(judge(floor, wholeRuns(100)).orElseThrow().direction()).isEqualTo(Direction.GROWING);
  }

  /** Between two whole collections garbage piles up on what lives: the lowest floor is the one right after. */
  @Test
  void garbageBetweenWholeCollectionsIsNotCharged() {
    SeriesVerdict verdict = judge(bytes(SeriesNames.HEAP_FLOOR, 10, second -> 30 * MB + second % 60 * MB / 6),
        wholeRuns(60)).orElseThrow();
    assertThat(verdict.direction()).isEqualTo(Direction.STEADY);
    assertThat(verdict.last()).isEqualTo(30 * MB);
  }

  /** Two whole collections, and less than one megabyte used on top of the first one's floor, five minutes later. */
  @Test
  void nothingToSpeakOfOnTopOfAWholeCollectionIsSteady() {
    Series floor = bytes(SeriesNames.HEAP_FLOOR, 10, second -> 30 * MB + second * MB / 300);
    Series whole = new Series(SeriesNames.GC_WHOLE_RUNS, SeriesUnit.COUNT_COUNTER,
        List.of(at(0, 0), at(10, 1), at(200, 2)));
    double first = 30 * MB + 10 * MB / 300;
    assertThat(judge(floor, whole, bytes(SeriesNames.HEAP_USED, 10, second -> first + MB - 1)).orElseThrow())
        .satisfies(verdict -> {
          assertThat(verdict.direction()).isEqualTo(Direction.STEADY);
          assertThat(verdict.words()).isEqualTo(
              "all that is used is less than 1 MB above what the first collection of the whole heap left");
        });
    assertThat(judge(floor, whole, bytes(SeriesNames.HEAP_USED, 10, second -> first + MB)).orElseThrow().direction())
        .isEqualTo(Direction.UNKNOWN);
    assertThat(judge(floor, whole, series(SeriesNames.HEAP_USED, SeriesUnit.BYTES, 10, 310, second -> first))
        .orElseThrow().direction()).as("five minutes after it").isEqualTo(Direction.STEADY);
    assertThat(judge(floor, whole, series(SeriesNames.HEAP_USED, SeriesUnit.BYTES, 10, 300, second -> first))
        .orElseThrow().direction()).as("sooner than that").isEqualTo(Direction.UNKNOWN);
    assertThat(judge(floor, whole).orElseThrow().direction()).isEqualTo(Direction.UNKNOWN);
  }

  private static Direction heap(Scenario scenario, long seed) {
    return HeapFloor.of(scenario.timeline(seed), Duration.ofMinutes(5)).orElseThrow().direction();
  }

  /** What collections leave varies too much to see this leak in each by itself. */
  @Test
  void ofSeveralWholeCollectionsInARowTheLowestFloorCounts() {
    assertThat(heap(Scenario.HEAP_LEAK_BEHIND_SAWTOOTH_IN_REGIONS, 17)).isEqualTo(Direction.GROWING);
  }

  /** Too little time lies between the first and the last whole collection: the floor before them tells the rest. */
  @Test
  void theLowestFloorBeforeTheFirstWholeCollectionIsABound() {
    assertThat(heap(Scenario.SLOW_HEAP_LEAK_IN_REGIONS, 122)).isEqualTo(Direction.GROWING);
  }

  /** A gigabyte of heap under G1, marked every minute; the floor rises by 3 MB a minute. */
  private static Optional<SeriesVerdict> gigabyte(Collector kind, double perMinute, Series... more) {
    List<Series> all = new ArrayList<>(List.of(
        bytes(SeriesNames.HEAP_FLOOR, 10, second -> 200 * MB + second * perMinute / 60), wholeRuns(60),
        bytes(SeriesNames.HEAP_COMMITTED, 10, second -> 1024 * MB), fact(SeriesNames.GC_KIND, kind.code()),
        fact(SeriesNames.GC_START_PERCENT, 45), fact(SeriesNames.GC_WASTE_PERCENT, 5)));
    all.addAll(Arrays.asList(more));
    return judge(all.toArray(Series[]::new));
  }

  /** The floor rises in a healthy service, too, as long as only young collections run: what is reached tells the two apart. */
  @Test
  void whatIsReachedOfTheOldGenerationDecidesWhereOnlyYoungCollectionsRan() {
    Series floor = bytes(SeriesNames.HEAP_FLOOR, 10, second -> 30 * MB + second * MB / 10);
    SeriesVerdict leak = judge(floor, bytes(SeriesNames.OLD_REACHED, 80, second -> 10 * MB + second * 4 * MB / 60))
        .orElseThrow();
    assertThat(leak.isLeak()).isTrue();
    assertThat(leak.perHour().orElseThrow().estimate()).isCloseTo(240 * MB, withinPercentage(2));
    assertThat(leak.words()).contains("grows evenly from 10.0 MB").endsWith(
        "; of the old generation so much was reached from the program's roots, traced 8 times");
    SeriesVerdict garbage = judge(floor,
        bytes(SeriesNames.OLD_REACHED, 80, second -> 10 * MB + second % 3 * MB / 10)).orElseThrow();
    assertThat(garbage.direction()).as("what was not reached may live").isEqualTo(Direction.UNKNOWN);
    assertThat(garbage.words()).contains("but no collection looked at the old generation");
    SeriesVerdict five = judge(floor, bytes(SeriesNames.OLD_REACHED, 150, second -> 10 * MB + second * MB / 10))
        .orElseThrow();
    assertThat(five.direction()).as("too few").isEqualTo(Direction.UNKNOWN);
  }

  @Test
  void sixReadingsOfWhatIsReachedAreEnoughAndFiveAreNot() {
    Series floor = bytes(SeriesNames.HEAP_FLOOR, 10, second -> 30 * MB + second * MB / 10);
    Series six = bytes(SeriesNames.OLD_REACHED, 110, second -> 10 * MB + second * MB / 10);
    assertThat(six.points()).hasSize(6);
    assertThat(judge(floor, six).orElseThrow().isLeak()).isTrue();
    Series five = bytes(SeriesNames.OLD_REACHED, 130, second -> 10 * MB + second * MB / 10);
    assertThat(five.points()).hasSize(5);
    assertThat(judge(floor, five).orElseThrow().direction()).isEqualTo(Direction.UNKNOWN);
  }

  /** A floor that stays bounds what lives: what is reached of it may still be promoted. */
  @Test
  void whereTheFloorStaysWhatIsReachedIsNoLeak() {
    assertThat(judge(bytes(SeriesNames.HEAP_FLOOR, 10, second -> 90 * MB),
        bytes(SeriesNames.OLD_REACHED, 80, second -> 10 * MB + second * MB / 10)).orElseThrow().direction())
        .isEqualTo(Direction.STEADY);
  }

  /** A cache that fills, a warm-up: it rises, and is no leak for that. */
  @Test
  void whatIsReachedMustGrowEvenlyToBeALeak() {
    Series floor = bytes(SeriesNames.HEAP_FLOOR, 10, second -> 30 * MB + second * MB / 10);
    assertThat(judge(floor, bytes(SeriesNames.OLD_REACHED, 80, second -> 10 * MB + Math.min(second, 170) * MB / 5))
        .orElseThrow().direction()).as("it ends").isEqualTo(Direction.UNKNOWN);
    assertThat(judge(floor, bytes(SeriesNames.OLD_REACHED, 80, second -> second < 300 ? 10 * MB : 60 * MB))
        .orElseThrow().direction()).as("one step").isEqualTo(Direction.UNKNOWN);
    assertThat(judge(floor, bytes(SeriesNames.OLD_REACHED, 80, second -> 60 * MB * (1 - Math.exp(-second / 120.0))))
        .orElseThrow().direction()).as("slower and slower").isEqualTo(Direction.UNKNOWN);
    assertThat(judge(floor, bytes(SeriesNames.OLD_REACHED, 80, second -> second % 240 * MB / 10 + 10 * MB))
        .orElseThrow().direction()).as("a sawtooth").isEqualTo(Direction.UNKNOWN);
  }

  /** Where the whole heap was collected often enough, that is what counts. */
  @Test
  void wholeCollectionsStandBeforeWhatIsReached() {
    assertThat(judge(bytes(SeriesNames.HEAP_FLOOR, 10, second -> 30 * MB), wholeRuns(60),
        bytes(SeriesNames.OLD_REACHED, 80, second -> 10 * MB + second * MB / 10)).orElseThrow().direction())
        .isEqualTo(Direction.STEADY);
  }

  private static Series fact(String id, double value) {
    return series(id, SeriesUnit.FACT, 600, 600, _ -> value);
  }

  /** 5 % of the heap and 15 % of what is in use may stay garbage: a broker that does nothing new for an hour rises by less. */
  @Test
  void growthThatG1MayLeaveBehindIsNoLeakYet() {
    SeriesVerdict within = gigabyte(Collector.G1, 8 * MB).orElseThrow();
    assertThat(within.direction()).isEqualTo(Direction.UNKNOWN);
    assertThat(within.words()).isEqualTo("rose by 72.0 MB over 10 collections of the whole heap, after which G1 may"
        + " leave up to 93.2 MB of garbage" + SETTLED_BY);
    assertThat(within.needs().orElseThrow()).as("until it has risen by more").isEqualTo(Duration.ofSeconds(159));
    assertThat(gigabyte(Collector.G1, 12 * MB).orElseThrow().direction()).isEqualTo(Direction.GROWING);
  }

  @Test
  void afterCollectionsThatCompactedEverythingLittleIsLeft() {
    Series full = series(SeriesNames.GC_FULL_RUNS, SeriesUnit.COUNT_COUNTER, 60, 600, second -> second / 60);
    assertThat(gigabyte(Collector.G1, 3 * MB, full).orElseThrow().direction()).isEqualTo(Direction.GROWING);
    assertThat(gigabyte(Collector.G1, MB, full).orElseThrow().direction()).as("a twentieth may be left")
        .isEqualTo(Direction.UNKNOWN);
  }

  /** Remark and cleanup of one cycle, a second apart, are one look at the whole heap. */
  @Test
  void bothPausesOfOneMarkingAreOneCollection() {
    Series floor = bytes(SeriesNames.HEAP_FLOOR, 1, second -> 30 * MB + second * MB / 60);
    Series cycles = series(SeriesNames.GC_WHOLE_RUNS, SeriesUnit.COUNT_COUNTER, 1, 600,
        second -> (second + 50) / 150 * 2 + ((second + 50) % 150 > 0 ? 1 : 0));
    assertThat(judge(floor, cycles).orElseThrow().words()).contains("; 4 of 6 collections");
  }

  @Test
  void whenTheNextMarkIsDueIsSaid() {
    SeriesVerdict open = judge(bytes(SeriesNames.HEAP_FLOOR, 10, second -> 200 * MB + second * MB / 10),
        bytes(SeriesNames.HEAP_COMMITTED, 10, second -> 1000 * MB), fact(SeriesNames.GC_KIND, 3),
        fact(SeriesNames.GC_START_PERCENT, 45)).orElseThrow();
    assertThat(open.words()).endsWith("; G1 marks the old generation when it holds 450 MB: at this rate in about 32 min"
        + SETTLED_BY);
    assertThat(open.needs()).as("the mark, and a rise of what may be left after it")
        .contains(Duration.ofSeconds(1900 + 1621));
  }

  @Test
  void aFullOldGenerationIsWhatSerialWaitsFor() {
    HeapCollector serial = new HeapCollector(Optional.of(Collector.SERIAL), 90, OptionalDouble.of(60),
        OptionalDouble.empty(), 5);
    assertThat(serial.due(30, 0.5)).contains(Duration.ofSeconds(60));
    assertThat(serial.due(70, 0.5)).contains(Duration.ZERO);
    assertThat(serial.due(30, 0)).as("never").isEmpty();
    assertThat(serial.dueWords(70, 0.5))
        .contains("Serial collects the old generation when it holds 60 bytes, which is due now");
    assertThat(serial.dueWords(30, -1)).contains(
        "Serial collects the old generation when it holds 60 bytes, and it does not get there");
  }

  @Test
  void whatEachCollectorMayLeave() {
    assertThat(mayLeave(Collector.SERIAL, false)).as("a twentieth of the old generation").isEqualTo(30 * MB);
    assertThat(new HeapCollector(Optional.of(Collector.SERIAL), 1000 * MB, OptionalDouble.of(600 * MB),
        OptionalDouble.empty(), 5).mayLeaveBytes(40 * MB, false)).as("at most a quarter of what is used")
        .isEqualTo(10 * MB);
    assertThat(mayLeave(Collector.PARALLEL, false)).as("a tenth of it, at most a quarter of what is used")
        .isEqualTo(50 * MB);
    assertThat(mayLeave(Collector.G1, false)).as("a twentieth of the heap, and 15 % of regions that are mostly alive")
        .isEqualTo(50 * MB + 30 * MB);
    assertThat(mayLeave(Collector.G1, true)).isEqualTo(10 * MB);
    assertThat(mayLeave(Collector.ZGC, false)).as("and two pages").isEqualTo(14 * MB);
    assertThat(mayLeave(Collector.SHENANDOAH, false)).isEqualTo(10 * MB);
    assertThat(new HeapCollector(Optional.empty(), 1000 * MB, OptionalDouble.empty(), OptionalDouble.empty(), 5)
        .mayLeaveBytes(200 * MB, true)).as("unknown").isEqualTo(50 * MB);
  }

  private static double mayLeave(Collector kind, boolean compacted) {
    return new HeapCollector(Optional.of(kind), 1000 * MB, OptionalDouble.of(600 * MB), OptionalDouble.empty(), 5)
        .mayLeaveBytes(200 * MB, compacted);
  }

  /** A process that has ended can't be asked any more, nor be waited for. */
  @Test
  void nothingIsAskedOfTheDead() {
    Timeline ended = new Timeline("orders", START, START.plusSeconds(600),
        List.of(bytes(SeriesNames.HEAP_FLOOR, 10, second -> 30 * MB + second * MB / 60)), List.of(),
        OptionalLong.empty(), Optional.of("ended by itself"));
    assertThat(HeapFloor.of(ended, Duration.ofMinutes(5)).orElseThrow().words()).doesNotContain("--ask");
    assertThat(LeakJudge.judge(ended, LeakJudge.LeakOptions.USUAL).needs()).isEmpty();
  }
}
