package io.tare.history.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.history.LeakVerdict.Rounds;
import io.tare.model.history.LeakVerdict.Rounds.Remainder;
import io.tare.model.history.Mark;
import io.tare.model.history.Series;
import io.tare.model.history.Series.Point;
import io.tare.model.history.Series.SeriesUnit;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.SeriesVerdict.Direction;
import io.tare.model.history.SeriesVerdict.LeakRole;
import io.tare.model.history.SeriesVerdict.Rate;
import io.tare.model.history.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RoundsJudgeTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static Mark mark(int second, String label, OptionalLong items) {
    return new Mark(START.plusSeconds(second), label, items, "log");
  }

  /** The same mark every ten seconds. */
  private static List<Mark> marks(String label, long... items) {
    List<Mark> marks = new ArrayList<>();
    for (int i = 0; i < items.length; i++) {
      marks.add(mark(10 * i, label, items[i] < 0 ? OptionalLong.empty() : OptionalLong.of(items[i])));
    }
    return marks;
  }

  /** A reading a second after each mark. */
  private static Series series(String id, SeriesUnit unit, double... levels) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < levels.length; i++) {
      points.add(new Point(START.plusSeconds(10L * i + 1), levels[i]));
    }
    return new Series(id, unit, points);
  }

  private static Series floor(double... levels) {
    return series(SeriesNames.HEAP_FLOOR, SeriesUnit.BYTES, levels);
  }

  private static Optional<Rounds> judge(List<Mark> marks, Series... series) {
    return RoundsJudge.judge(new Timeline("orders", START, START.plusSeconds(100), Arrays.asList(series), marks,
        OptionalLong.empty(), Optional.empty()));
  }

  private static Remainder only(Optional<Rounds> rounds) {
    assertThat(rounds.orElseThrow().remainders()).hasSize(1);
    return rounds.orElseThrow().remainders().getFirst();
  }

  @Test
  void theFirstRoundWarmsUpAndTheMedianOfTheOthersCounts() {
    Optional<Rounds> rounds = judge(marks("AFTER_GC", -1, -1, -1, -1, -1, -1),
        floor(0, 9000, 11_000, 12_000, 15_000, 17_000));
    assertThat(rounds.orElseThrow().label()).isEqualTo("AFTER_GC");
    assertThat(rounds.orElseThrow().count()).isEqualTo(4);
    assertThat(only(rounds).id()).isEqualTo("heap.live");
    assertThat(only(rounds).charge()).isEqualTo(LeakRole.NET);
    assertThat(only(rounds).perRound()).isEqualTo(new Rate(2000, 1000, 3000));
    assertThat(only(rounds).perItem()).isEmpty();
    assertThat(only(rounds).direction()).isEqualTo(Direction.GROWING);
  }

  @Test
  void fewerThanThreeComparisonsProveNothing() {
    assertThat(judge(marks("AFTER_GC", -1, -1, -1, -1), floor(0, 1000, 2000, 3000)).orElseThrow().remainders())
        .isEmpty();
    assertThat(judge(marks("AFTER_GC", -1, -1, -1, -1, -1), floor(0, 1000, 2000, 3000, 4000)).orElseThrow()
        .remainders()).hasSize(1);
  }

  @Test
  void whatOneRoundTookBackIsNoLeak() {
    assertThat(only(judge(marks("gc", -1, -1, -1, -1, -1), floor(0, 1000, 3000, 3000, 5000))).direction())
        .isEqualTo(Direction.STEADY);
    assertThat(only(judge(marks("gc", -1, -1, -1, -1, -1), floor(0, 1000, 2000, 1900, 3000))).direction())
        .isEqualTo(Direction.STEADY);
  }

  @Test
  void lessThanFiveHundredBytesARoundIsNoLeakOfBytes() {
    assertThat(only(judge(marks("gc", -1, -1, -1, -1, -1), floor(0, 0, 512, 1024, 1536))).direction())
        .isEqualTo(Direction.GROWING);
    assertThat(only(judge(marks("gc", -1, -1, -1, -1, -1), floor(0, 0, 511, 1022, 1533))).direction())
        .isEqualTo(Direction.STEADY);
  }

  @Test
  void oneThreadARoundIsALeakOfThreads() {
    Series threads = series(SeriesNames.THREADS, SeriesUnit.COUNT, 10, 20, 21, 22, 23);
    assertThat(only(judge(marks("gc", -1, -1, -1, -1, -1), threads)))
        .satisfies(rest -> {
          assertThat(rest.charge()).isEqualTo(LeakRole.COUNT);
          assertThat(rest.unit()).isEqualTo(SeriesUnit.COUNT);
          assertThat(rest.direction()).isEqualTo(Direction.GROWING);
        });
  }

  /** Four times the median in one round is still even enough, more is not. */
  @Test
  void roundsOfVeryUnequalRemaindersProveNothing() {
    assertThat(only(judge(marks("gc", -1, -1, -1, -1, -1), floor(0, 0, 1000, 2000, 6000))).direction())
        .isEqualTo(Direction.GROWING);
    assertThat(only(judge(marks("gc", -1, -1, -1, -1, -1), floor(0, 0, 1000, 2000, 6001))).direction())
        .isEqualTo(Direction.STEADY);
  }

  @Test
  void growthStandsFirstThenWhatIsCounted() {
    Series fds = series(SeriesNames.FILE_DESCRIPTORS, SeriesUnit.COUNT, 5, 5, 5, 5, 5);
    Series threads = series(SeriesNames.THREADS, SeriesUnit.COUNT, 10, 20, 21, 22, 23);
    Series malloc = series("malloc.used", SeriesUnit.BYTES, 0, 9000, 9000, 9000, 9000);
    Series objects = series("objects", SeriesUnit.COUNT, 0, 10, 12, 14, 16);
    Series runs = series(SeriesNames.GC_RUNS, SeriesUnit.COUNT_COUNTER, 1, 2, 3, 4, 5);
    Series rss = series(SeriesNames.RSS, SeriesUnit.BYTES, 1, 2, 3, 4, 5);
    Rounds rounds = judge(marks("gc", -1, -1, -1, -1, -1), fds, malloc, floor(0, 0, 1000, 2000, 3000), threads,
        objects, runs, rss).orElseThrow();
    assertThat(rounds.remainders()).extracting(Remainder::id)
        .containsExactly("threads", "heap.live", "objects", "fds", "malloc.used");
  }

  @Test
  void itemsThatRunOnAreCountedByTheirDifferences() {
    assertThat(only(judge(marks("gc", 100, 200, 400, 600, 800), floor(0, 0, 2000, 4000, 6000))).perItem())
        .as("2000 bytes for 200 items").contains(10.0);
    assertThat(only(judge(marks("gc", 50, 50, 50, 50, 50), floor(0, 0, 2000, 4000, 6000))).perItem())
        .as("2000 bytes for 50 items").contains(40.0);
    assertThat(only(judge(marks("gc", 7, 7, 7, 7, 0), floor(0, 0, 2000, 4000, 6000))).perItem()).isEmpty();
    assertThat(only(judge(marks("gc", 7, 7, -1, -1, -1), floor(0, 0, 2000, 4000, 6000))).perItem())
        .as("one mark that counts").isEmpty();
    assertThat(only(judge(marks("gc", 7, 20, 40, -1, -1), floor(0, 0, 2000, 4000, 6000))).perItem())
        .as("two marks that count").contains(100.0);
  }

  /** Without a collection the mark that comes last in a round is the quietest moment. */
  @Test
  void withoutAMarkAfterCollectionsTheLastOneOfARoundCounts() {
    List<Mark> marks = new ArrayList<>();
    for (int round = 0; round < 5; round++) {
      marks.add(mark(20 * round, "BEFORE_GC", OptionalLong.empty()));
      marks.add(mark(20 * round + 10, "DONE", OptionalLong.empty()));
    }
    marks.add(mark(105, "ONCE", OptionalLong.empty()));
    assertThat(judge(marks).orElseThrow().label()).isEqualTo("DONE");
    assertThat(judge(marks).orElseThrow().count()).isEqualTo(3);
  }

  @Test
  void twoMarksOfOneKindAreNoRounds() {
    assertThat(judge(marks("gc", -1, -1))).isEmpty();
    assertThat(judge(marks("gc", -1, -1, -1))).isPresent();
    assertThat(judge(List.of())).isEmpty();
    assertThat(judge(marks("gc", -1, -1, -1)).orElseThrow().count()).isEqualTo(1);
  }

  /** Whatever comes after the next mark belongs to the next round. */
  @Test
  void aRoundWithoutAReadingOfItsOwnIsLeftOut() {
    Series gap = new Series(SeriesNames.HEAP_FLOOR, SeriesUnit.BYTES, List.of(new Point(START.plusSeconds(10), 0),
        new Point(START.plusSeconds(20), 1000), new Point(START.plusSeconds(40), 2000),
        new Point(START.plusSeconds(50), 3000), new Point(START.plusSeconds(59), 99_000)));
    Remainder rest = only(judge(marks("gc", -1, -1, -1, -1, -1, -1), gap));
    assertThat(rest.perRound()).isEqualTo(new Rate(1000, 1000, 1000));
  }

  @Test
  void aMarkIsAfterACollectionWhenItSaysSo() {
    assertThat(RoundsJudge.isAfterCollection("AFTER_GC")).isTrue();
    assertThat(RoundsJudge.isAfterCollection("gc")).isTrue();
    assertThat(RoundsJudge.isAfterCollection("before gc")).isFalse();
    assertThat(RoundsJudge.isAfterCollection("after")).isFalse();
  }
}
