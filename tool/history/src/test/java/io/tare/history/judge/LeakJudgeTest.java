package io.tare.history.judge;

import static io.tare.history.judge.Simulation.MB;
import static io.tare.history.judge.Simulation.constant;
import static io.tare.history.judge.Simulation.filling;
import static io.tare.history.judge.Simulation.growing;
import static org.assertj.core.api.Assertions.assertThat;

import io.tare.history.judge.LeakJudge.LeakOptions;
import io.tare.ledger.rules.Thresholds;
import io.tare.model.history.LeakVerdict;
import io.tare.model.history.LeakVerdict.Answer;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.SeriesVerdict;
import io.tare.model.history.SeriesVerdict.Direction;
import io.tare.model.history.SeriesVerdict.LeakRole;
import io.tare.model.history.SeriesVerdict.Rate;
import io.tare.model.history.Timeline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LeakJudgeTest {
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  private static LeakVerdict judge(Simulation simulation) {
    return LeakJudge.judge(simulation.timeline(), LeakOptions.USUAL);
  }

  private static SeriesVerdict course(LeakVerdict verdict, String id) {
    return verdict.courses().stream().filter(course -> course.id().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void theTrueRateLiesWithinTheIntervalAndTheLimitIsForeseen() {
    Simulation s = new Simulation(3, TEN_MINUTES);
    s.bytes("malloc.used", 5, constant(50 * MB).plus(growing(2 * MB)).plus(s.noise(0.3 * MB)));
    s.bytes(SeriesNames.RSS, 1, constant(300 * MB));
    Timeline line = s.timeline();
    LeakVerdict verdict = LeakJudge.judge(new Timeline(line.target(), line.from(), line.to(), line.series(),
        line.marks(), OptionalLong.of((long) (540 * MB)), Optional.empty()), LeakOptions.USUAL);
    assertThat(verdict.answer()).isEqualTo(Answer.LEAK);
    Rate rate = course(verdict, "malloc.used").perHour().orElseThrow();
    assertThat(120 * MB).isBetween(rate.low(), rate.high());
    assertThat(rate.error()).isLessThan(12 * MB);
    assertThat(verdict.toLimit().orElseThrow()).isBetween(Duration.ofMinutes(110), Duration.ofMinutes(130));
    assertThat(verdict.summary()).contains("malloc.used grows by 120 MB");
  }

  @Test
  void growthOfWhatTheProgramDoesNotUseIsToldAndIsNoLeak() {
    Simulation s = new Simulation(4, TEN_MINUTES);
    s.bytes("malloc.used", 5, constant(50 * MB)).bytes("malloc.idle", 5, growing(3 * MB))
        .bytes("mapped", 5, growing(4 * MB)).bytes(SeriesNames.CGROUP_FILE, 5, growing(8 * MB));
    LeakVerdict verdict = judge(s);
    assertThat(verdict.answer()).isEqualTo(Answer.NO_LEAK);
    assertThat(verdict.leaking()).isEmpty();
    assertThat(String.join("\n", verdict.notes())).contains("malloc.idle grew", "fragmentation", "mapped grew")
        .as("the machine's page cache").doesNotContain("cgroup.file");
    assertThat(verdict.courses()).noneMatch(course -> course.id().equals(SeriesNames.CGROUP_FILE));
  }

  @Test
  void whatComesWithALeakStandsBelowItAndIsNoNote() {
    Simulation s = new Simulation(12, TEN_MINUTES);
    s.bytes("malloc.used", 5, constant(50 * MB)).bytes("metaspace.class", 5, growing(MB)).bytes("mapped", 5,
        growing(MB)).bytes("rss.peak", 5, growing(MB));
    s.count(SeriesNames.CLASSES, 1, constant(2000).plus(growing(60)));
    LeakVerdict verdict = judge(s);
    assertThat(verdict.leaking()).containsExactly("classes");
    assertThat(verdict.broughtBy(course(verdict, "classes"))).extracting(SeriesVerdict::id)
        .containsExactly("metaspace.class");
    assertThat(verdict.isBrought(course(verdict, "mapped"))).isFalse();
    assertThat(verdict.broughtBy(course(verdict, "mapped"))).isEmpty();
    assertThat(String.join("\n", verdict.notes())).contains("mapped grew").doesNotContain("metaspace", "rss.peak");
  }

  /** G1's tables of a heap that leaks took 7 % of its rate; a fifth is somebody else's leak. */
  @Test
  void aCollectorsTablesInMallocAreTheHeapsLeakAndNoOther() {
    assertThat(withHeapLeak(4, 0.3).leaking()).containsExactly("heap.live");
    LeakVerdict verdict = withHeapLeak(4, 0.3);
    assertThat(verdict.isBrought(course(verdict, "malloc.mmapped"))).isTrue();
    assertThat(course(verdict, "malloc.mmapped").words()).endsWith(": a collector's tables grow with its heap");
    assertThat(withHeapLeak(4, 0.8).leaking()).containsExactly("heap.live", "malloc.mmapped");
    assertThat(withHeapLeak(0, 0.3).leaking()).containsExactly("malloc.mmapped");
  }

  private static LeakVerdict withHeapLeak(double heapPerMinute, double mallocPerMinute) {
    Simulation s = new Simulation(17, TEN_MINUTES);
    s.heap(constant(20 * MB).plus(growing(heapPerMinute * MB)), 1.5, 12, 0.2 * MB);
    s.bytes("malloc.mmapped", 5, constant(MB).plus(growing(mallocPerMinute * MB)));
    return judge(s);
  }

  /** Of what has ended everything is told as of what was. */
  @Test
  void theAccountsOfAProcessThatHasEndedAreToldInThePast() {
    Simulation s = new Simulation(13, TEN_MINUTES);
    s.bytes("malloc.used", 5, constant(MB).plus(growing(MB)));
    s.bytes("anonymous", 5, constant(MB));
    Timeline line = s.timeline();
    Timeline ended = new Timeline(line.target(), line.from(), line.to(), line.series(), line.marks(),
        line.limitBytes(), Optional.of("exited with 0"));
    LeakVerdict now = LeakJudge.judge(line, LeakOptions.USUAL);
    LeakVerdict then = LeakJudge.judge(ended, LeakOptions.USUAL);
    assertThat(course(now, "malloc.used").words()).isEqualTo("grows evenly from 1.00 MB to 10.9 MB in 10 min");
    assertThat(course(then, "malloc.used").words()).isEqualTo("grew evenly from 1.00 MB to 10.9 MB in 10 min");
  }

  /** Eight megabytes in an hour are none in ten minutes: 1.3 MB of large blocks, one after the other. */
  @Test
  void aRateNeedsASizeWorthNaming() throws Exception {
    Simulation s = new Simulation(13, TEN_MINUTES);
    s.bytes("malloc.mmapped", 5, constant(MB).plus(growing(0.13 * MB)));
    assertThat(judge(s).answer()).isEqualTo(Answer.NO_LEAK);
    assertThat(LeakJudge.judge(s.timeline(), LeakOptions.USUAL.by(Thresholds.parse("leak.least = 1 MB"))).leaking())
        .containsExactly("malloc.mmapped");
  }

  @Test
  void memoryWhoseUseIsNotKnownLeavesTheAnswerOpen() {
    Simulation s = new Simulation(5, TEN_MINUTES);
    s.bytes("malloc.used", 5, constant(50 * MB)).bytes("malloc.unsplit", 5, growing(3 * MB));
    assertThat(judge(s).answer()).isEqualTo(Answer.CANNOT_TELL);
  }

  @Test
  void aRisingFloorProvesNothingUntilTheWholeHeapWasCollected() {
    Simulation s = new Simulation(6, TEN_MINUTES);
    s.heap(constant(30 * MB), 2, 1e6, 0.2 * MB);
    LeakVerdict verdict = judge(s);
    assertThat(verdict.answer()).isEqualTo(Answer.CANNOT_TELL);
    assertThat(course(verdict, "heap.live").words()).contains("no collection looked at the old generation");
    assertThat(verdict.needs()).isPresent();
  }

  @Test
  void garbageThatNoCollectionCameForIsNoLeak() {
    Simulation s = new Simulation(7, TEN_MINUTES);
    s.bytes(SeriesNames.HEAP_USED, 1, growing(8 * MB)).bytes("malloc.used", 5, constant(50 * MB));
    LeakVerdict verdict = judge(s);
    assertThat(verdict.leaking()).isEmpty();
    assertThat(verdict.answer()).isEqualTo(Answer.CANNOT_TELL);
    assertThat(course(verdict, "heap.live").words()).contains("no collection ran");
  }

  @Test
  void anIdleHeapThatIsCollectedNowAndThenIsSteady() {
    Simulation s = new Simulation(11, TEN_MINUTES);
    s.heap(constant(20 * MB), 100, 200, 0).bytes(SeriesNames.HEAP_USED, 1, constant(20.5 * MB));
    LeakVerdict verdict = judge(s);
    assertThat(course(verdict, "heap.live").words()).contains("less than 1 MB above");
    assertThat(verdict.answer()).isEqualTo(Answer.NO_LEAK);
  }

  @Test
  void theEndOfAWarmUpIsNotCalledALeak() {
    for (int seed = 0; seed < 200; seed++) {
      Simulation s = new Simulation(seed, TEN_MINUTES);
      s.heap(constant(20 * MB).plus(filling(15 * MB, 85)), 1.5, 15, 0.5 * MB);
      assertThat(judge(s).leaking()).as("seed " + seed).isEmpty();
    }
  }

  @Test
  void tooLittleTimeIsSaidAndHowMuchIsMissing() {
    Simulation s = new Simulation(8, Duration.ofMinutes(2));
    s.bytes("malloc.used", 1, constant(50 * MB).plus(growing(20 * MB)));
    LeakVerdict verdict = judge(s);
    assertThat(verdict.answer()).isEqualTo(Answer.CANNOT_TELL);
    assertThat(verdict.needs().orElseThrow()).isBetween(Duration.ofMinutes(2), Duration.ofMinutes(4));
  }

  @Test
  void anEmptyTimelineIsNotCalledHealthy() {
    assertThat(judge(new Simulation(9, TEN_MINUTES)).answer()).isEqualTo(Answer.CANNOT_TELL);
  }

  @Test
  void aLeakThatBeganHoursAfterTheStartIsFound() {
    Simulation s = new Simulation(10, Duration.ofHours(12));
    s.bytes("malloc.used", 20, second -> 50 * MB + Math.max(0, second - 32_400) * 0.02 * MB);
    LeakVerdict verdict = judge(s);
    assertThat(verdict.leaking()).containsExactly("malloc.used");
    assertThat(course(verdict, "malloc.used").words()).contains("are left out");
  }

  @Test
  void roundsThatLeaveTheSameBehindEveryTimeLeak() {
    Simulation s = rounds(12_345);
    LeakVerdict verdict = LeakJudge.judge(s.timeline(), LeakOptions.USUAL.inRounds());
    assertThat(verdict.answer()).isEqualTo(Answer.LEAK);
    assertThat(verdict.rounds().orElseThrow().label()).isEqualTo("AFTER_GC");
    assertThat(verdict.rounds().orElseThrow().remainders()).filteredOn(rest -> rest.id().equals("heap.live"))
        .singleElement().satisfies(rest -> {
          assertThat(rest.direction()).isEqualTo(Direction.GROWING);
          assertThat(rest.perRound().estimate()).isEqualTo(12_345);
          assertThat(rest.perItem().orElseThrow()).isEqualTo(12.345);
        });
  }

  @Test
  void roundsThatGiveEverythingBackDoNot() {
    LeakVerdict verdict = LeakJudge.judge(rounds(0).timeline(), LeakOptions.USUAL.inRounds());
    assertThat(verdict.answer()).isEqualTo(Answer.NO_LEAK);
    assertThat(verdict.summary()).contains("rounds");
  }

  /** Eight rounds of ten seconds; the first one also fills caches. */
  private static Simulation rounds(double leftByEach) {
    Simulation s = new Simulation(11, Duration.ofSeconds(90));
    for (int round = 1; round <= 8; round++) {
      s.mark(10 * round - 8, "START", 1000).mark(10 * round - 4, "BEFORE_GC", 1000).mark(10 * round, "AFTER_GC", 1000);
    }
    s.bytes(SeriesNames.HEAP_FLOOR, 0.5, second -> {
      int done = (int) ((second + 0.001) / 10);
      return 20 * MB + (done > 0 ? 3 * MB : 0) + done * leftByEach;
    });
    return s;
  }

  @Test
  void whatIsCountedStandsBeforeTheBytesThatComeWithIt() {
    LeakVerdict verdict = LeakJudge.judge(Scenario.CLASS_LEAK.timeline(5), LeakOptions.USUAL);
    assertThat(verdict.leaking().getFirst()).isEqualTo("classes");
    assertThat(verdict.leaking()).contains("heap.live");
  }

  @Test
  void contentThatPilesUpInMappingsIsALeakAndAnUnsplitAllocatorsGrowthIsOpen() {
    assertThat(LeakJudge.LeakRoles.of("anonymous")).contains(LeakRole.NET);
    assertThat(LeakJudge.LeakRoles.of("malloc.unsplit")).contains(LeakRole.UNCLEAR);
    assertThat(LeakJudge.LeakRoles.of("anonymous.zero")).contains(LeakRole.TARE);
  }
}
