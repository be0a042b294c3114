package io.tare.history.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.history.judge.LeakJudge.LeakOptions;
import io.tare.model.history.LeakVerdict;
import io.tare.model.history.LeakVerdict.Answer;
import io.tare.model.history.LeakVerdict.Rounds;
import io.tare.model.history.LeakVerdict.Rounds.Remainder;
import io.tare.model.history.Mark;
import io.tare.model.history.Series;
import io.tare.model.history.Series.Point;
import io.tare.model.history.Series.SeriesUnit;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.SeriesVerdict;
import io.tare.model.history.SeriesVerdict.Direction;
import io.tare.model.history.SeriesVerdict.LeakRole;
import io.tare.model.history.SeriesVerdict.Rate;
import io.tare.model.history.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The answer in words, and when the limit is met. */
class VerdictWordsTest {
  private static final double MB = 1 << 20;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static SeriesVerdict course(String id, LeakRole role, Direction direction, double last) {
    return new SeriesVerdict(id, SeriesUnit.BYTES, role, direction, 0, last, Optional.empty(), START, Optional.empty(),
        "");
  }

  private static Remainder rest(String id, LeakRole role, Direction direction) {
    return new Remainder(id, SeriesUnit.COUNT, role, new Rate(3, 2, 4), Optional.empty(), direction);
  }

  private static String summary(Answer answer, List<SeriesVerdict> courses, Optional<Rounds> rounds) {
    return VerdictWords.of(answer, courses, rounds, Optional.empty(), false);
  }

  private static Series series(String id, SeriesUnit unit, LongToDoubleFunction level) {
    return new Series(id, unit,
        LongStream.rangeClosed(0, 600).mapToObj(second -> new Point(START.plusSeconds(second),
            level.applyAsDouble(second))).toList());
  }

  private static Timeline timeline(OptionalLong limit, Series... series) {
    return new Timeline("orders", START, START.plusSeconds(600), Arrays.asList(series), List.of(), limit,
        Optional.empty());
  }

  private static LeakVerdict judge(OptionalLong limit, Series... series) {
    return LeakJudge.judge(timeline(limit, series), LeakOptions.USUAL);
  }

  @Test
  void roundsThatLeaveSomethingAreNamedAndWhatIsNotTheProgramsOwnIsNot() {
    Rounds rounds = new Rounds("AFTER_GC", 3, List.of(rest("threads", LeakRole.COUNT, Direction.GROWING),
        rest("malloc.used", LeakRole.NET, Direction.GROWING), rest("fds", LeakRole.COUNT, Direction.STEADY),
        rest("gc", LeakRole.TARE, Direction.GROWING)));
    assertThat(summary(Answer.LEAK, List.of(), Optional.of(rounds)))
        .isEqualTo("It leaks: threads keeps 3 of every round, malloc.used keeps 3 of every round.");
    assertThat(summary(Answer.NO_LEAK, List.of(), Optional.of(rounds)))
        .isEqualTo("No leak: what 3 rounds took came back.");
  }

  /** What has ended does nothing any more, and can't be waited for. */
  @Test
  void ofWhatHasEndedAllIsSaidAsOfWhatWas() {
    SeriesVerdict leak = course("malloc.used", LeakRole.NET, Direction.GROWING, MB);
    SeriesVerdict steady = course("malloc.used", LeakRole.NET, Direction.STEADY, MB);
    SeriesVerdict gc = course("gc", LeakRole.TARE, Direction.GROWING, MB);
    SeriesVerdict open = course("threads", LeakRole.COUNT, Direction.UNKNOWN, MB);
    assertThat(ended(Answer.LEAK, leak)).isEqualTo("It leaked: malloc.used grew by an unknown rate.");
    assertThat(ended(Answer.NO_LEAK, steady, gc))
        .isEqualTo("No leak: what the program itself used did not grow; what grew is gc.");
    assertThat(ended(Answer.NO_LEAK, course("heap.live", LeakRole.NET, Direction.STEADY, MB)))
        .isEqualTo("No leak: the live heap did not grow.");
    assertThat(ended(Answer.CANNOT_TELL, open)).isEqualTo("Cannot tell: threads may have grown.");
  }

  private static String ended(Answer answer, SeriesVerdict... courses) {
    return VerdictWords.of(answer, Arrays.asList(courses), Optional.empty(), Optional.empty(), true);
  }

  @Test
  void fewRoundsDoNotSpeakForTheWhole() {
    Rounds two = new Rounds("AFTER_GC", 2, List.of(rest("threads", LeakRole.COUNT, Direction.GROWING)));
    SeriesVerdict leak = course("malloc.used", LeakRole.NET, Direction.GROWING, MB);
    assertThat(summary(Answer.LEAK, List.of(leak), Optional.of(two)))
        .isEqualTo("It leaks: malloc.used grows by an unknown rate.");
    assertThat(summary(Answer.NO_LEAK, List.of(course("malloc.used", LeakRole.NET, Direction.STEADY, MB)),
        Optional.of(two))).isEqualTo("No leak: what the program itself uses does not grow.");
  }

  @Test
  void aSoundHeapAloneIsSaidToBeOnlyThat() {
    SeriesVerdict heap = course("heap.live", LeakRole.NET, Direction.STEADY, MB);
    SeriesVerdict gc = course("gc", LeakRole.TARE, Direction.GROWING, MB);
    SeriesVerdict idle = course("heap.idle", LeakRole.TARE, Direction.STEADY, MB);
    assertThat(summary(Answer.NO_LEAK, List.of(heap, idle), Optional.empty()))
        .isEqualTo("No leak: the live heap does not grow.");
    assertThat(summary(Answer.NO_LEAK, List.of(heap, gc, idle), Optional.empty()))
        .isEqualTo("No leak: the live heap does not grow; what grows is gc.");
    assertThat(summary(Answer.NO_LEAK, List.of(heap, course("malloc.used", LeakRole.NET, Direction.STEADY, MB)),
        Optional.empty())).isEqualTo("No leak: what the program itself uses does not grow.");
  }

  @Test
  void whatIsOpenIsNamedWithTheTimeThatMaySettleIt() {
    SeriesVerdict open = course("malloc.used", LeakRole.NET, Direction.UNKNOWN, MB);
    assertThat(
        VerdictWords.of(Answer.CANNOT_TELL, List.of(open), Optional.empty(), Optional.of(Duration.ofMinutes(7)), false))
        .isEqualTo("Cannot tell yet: malloc.used may grow; 7 min more may settle it.");
    assertThat(summary(Answer.CANNOT_TELL, List.of(), Optional.empty())).isEqualTo(
        "Cannot tell yet: no account that the program itself fills was read often enough.");
  }

  /** What is not clear is open when it grows, and when nobody knows; what is not the program's own never is. */
  @Test
  void openIsWhereALeakMayHide() {
    assertThat(LeakJudge.isOpen(course("a", LeakRole.NET, Direction.UNKNOWN, 0))).isTrue();
    assertThat(LeakJudge.isOpen(course("a", LeakRole.NET, Direction.GROWING, 0))).isFalse();
    assertThat(LeakJudge.isOpen(course("a", LeakRole.COUNT, Direction.UNKNOWN, 0))).isTrue();
    assertThat(LeakJudge.isOpen(course("a", LeakRole.UNCLEAR, Direction.GROWING, 0))).isTrue();
    assertThat(LeakJudge.isOpen(course("a", LeakRole.UNCLEAR, Direction.UNKNOWN, 0))).isTrue();
    assertThat(LeakJudge.isOpen(course("a", LeakRole.UNCLEAR, Direction.STEADY, 0))).isFalse();
    assertThat(LeakJudge.isOpen(course("a", LeakRole.TARE, Direction.UNKNOWN, 0))).isFalse();
  }

  private static List<String> notes(long seconds, LeakOptions options, Optional<Rounds> rounds,
      SeriesVerdict... courses) {
    Timeline line = new Timeline("orders", START, START.plusSeconds(seconds),
        List.of(new Series(SeriesNames.RSS, SeriesUnit.BYTES, List.of(new Point(START, 300 * MB)))), List.of(),
        OptionalLong.empty(), Optional.empty());
    return VerdictWords.Notes.of(line, new LeakVerdict("orders", START, START, Answer.CANNOT_TELL, "",
        Arrays.asList(courses), Optional.empty(), Optional.empty(), rounds, List.of()), options);
  }

  private static final SeriesVerdict NATIVE = course("malloc.used", LeakRole.NET, Direction.STEADY, MB);

  @Test
  void aShortTimeIsSaid() {
    assertThat(notes(120, LeakOptions.USUAL, Optional.empty(), NATIVE))
        .containsExactly("The time line covers 2 min; a judgement rests on at least 5 min.");
    assertThat(notes(300, LeakOptions.USUAL, Optional.empty(), NATIVE)).isEmpty();
    assertThat(notes(120, LeakOptions.USUAL.resting(Duration.ofSeconds(60)), Optional.empty(), NATIVE)).isEmpty();
  }

  @Test
  void roundsThatWereAskedForAndAreNotThereAreSaid() {
    assertThat(notes(600, LeakOptions.USUAL.inRounds(), Optional.empty(), NATIVE))
        .containsExactly("No mark occurs three times or more: there are no rounds to compare.");
    assertThat(notes(600, LeakOptions.USUAL.inRounds(), Optional.of(new Rounds("gc", 3, List.of())), NATIVE))
        .isEmpty();
    assertThat(LeakOptions.USUAL.inRounds().resting(Duration.ofSeconds(60)).byRounds()).isTrue();
  }

  @Test
  void anAnswerThatCoversTheHeapOnlySaysSo() {
    String heapOnly = "Native memory was not read: the answer covers the heap only.";
    assertThat(notes(600, LeakOptions.USUAL, Optional.empty(),
        course("heap.live", LeakRole.NET, Direction.STEADY, MB))).containsExactly(heapOnly);
    assertThat(notes(600, LeakOptions.USUAL, Optional.empty(), course("gc", LeakRole.TARE, Direction.STEADY, 0)))
        .containsExactly(heapOnly);
    assertThat(notes(600, LeakOptions.USUAL, Optional.empty())).containsExactly(heapOnly);
  }

  @Test
  void theHeaviestThreeOfOneMegabyteOrMoreAreTheGap() {
    assertThat(notes(600, LeakOptions.USUAL, Optional.empty(), NATIVE,
        course("gc", LeakRole.TARE, Direction.STEADY, 2 * MB), course("cds", LeakRole.TARE, Direction.STEADY, MB),
        course("heap.idle", LeakRole.TARE, Direction.STEADY, 30 * MB),
        course("shared", LeakRole.TARE, Direction.STEADY, 1.5 * MB),
        course("not.an.account", LeakRole.TARE, Direction.STEADY, 90 * MB)))
        .containsExactly(
            "Of 300 MB gross at the end, most beside net is heap.idle 30.0 MB, gc 2.00 MB, shared 1.50 MB.");
    assertThat(notes(600, LeakOptions.USUAL, Optional.empty(), NATIVE,
        course("cds", LeakRole.TARE, Direction.STEADY, MB - 1))).isEmpty();
    assertThat(notes(600, LeakOptions.USUAL, Optional.empty(), NATIVE,
        course("cds", LeakRole.TARE, Direction.STEADY, MB))).hasSize(1);
  }

  @Test
  void growthThatIsNoLeakIsToldAsWhatItIs() {
    assertThat(notes(600, LeakOptions.USUAL, Optional.empty(), NATIVE,
        course("heap.idle", LeakRole.TARE, Direction.GROWING, MB / 2),
        course("heap.garbage", LeakRole.TARE, Direction.GROWING, MB / 2),
        course("shared", LeakRole.TARE, Direction.GROWING, MB / 2),
        course("gc", LeakRole.TARE, Direction.GROWING, MB / 2)))
        .containsExactly("heap.idle grew by 512 KB: resident, but holds nothing.",
            "heap.garbage grew by 512 KB: garbage that waits for a collection.",
            "shared grew by 512 KB: memory shared with others, or mapped more than once.",
            "gc grew by 512 KB: the runtime's own.");
  }

  private static final Series LEAK = series("malloc.used", SeriesUnit.BYTES, second -> 50 * MB + second * MB / 60);

  private static Series constant(String id, double level) {
    return series(id, SeriesUnit.BYTES, second -> level);
  }

  /** One megabyte a minute: 60 MB to go take an hour. */
  @Test
  void theLimitIsMetWhenTheGrowthHasFilledWhatIsLeft() {
    OptionalLong limit = OptionalLong.of((long) (400 * MB));
    assertThat(judge(limit, LEAK, constant(SeriesNames.RSS, 340 * MB)).toLimit().orElseThrow().toSeconds())
        .isBetween(3595L, 3605L);
    assertThat(judge(limit, LEAK, constant(SeriesNames.RSS, 340 * MB), constant(SeriesNames.CGROUP_USAGE, 370 * MB))
        .toLimit().orElseThrow().toSeconds()).as("the group's own count comes first").isBetween(1797L, 1803L);
    assertThat(judge(limit, LEAK, constant(SeriesNames.RSS, 500 * MB)).toLimit()).contains(Duration.ZERO);
    assertThat(judge(OptionalLong.empty(), LEAK, constant(SeriesNames.RSS, 340 * MB)).toLimit()).isEmpty();
    assertThat(judge(limit, LEAK).toLimit()).isEmpty();
    assertThat(judge(limit, constant("malloc.used", 50 * MB), constant(SeriesNames.RSS, 340 * MB)).toLimit())
        .isEmpty();
    assertThat(judge(OptionalLong.of(Long.MAX_VALUE / 2), LEAK, constant(SeriesNames.RSS, 340 * MB)).toLimit())
        .as("more than ten years").isEmpty();
  }

  @Test
  void ofThreadsThatLeakTheStacksFillTheLimit() {
    OptionalLong limit = OptionalLong.of((long) (400 * MB));
    Series threads = series(SeriesNames.THREADS, SeriesUnit.COUNT, second -> 20 + second / 10);
    Series stacks = series("stacks.java", SeriesUnit.BYTES, second -> 20 * MB + second * MB / 60);
    Series metaspace = series("metaspace.nonclass", SeriesUnit.BYTES, second -> 20 * MB + second * MB / 60);
    Series idle = series("heap.idle", SeriesUnit.BYTES, second -> 20 * MB + second * MB / 60);
    Series rss = constant(SeriesNames.RSS, 340 * MB);
    assertThat(judge(limit, threads, stacks, idle, rss).toLimit().orElseThrow().toSeconds()).isBetween(3595L, 3605L);
    assertThat(judge(limit, threads, stacks, metaspace, rss).toLimit().orElseThrow().toSeconds())
        .isBetween(1795L, 1805L);
    assertThat(judge(limit, threads, idle, rss).toLimit()).isEmpty();
    assertThat(judge(limit, stacks, rss).toLimit()).as("no leak, no forecast").isEmpty();
  }

  /** Three rounds are needed for rounds to decide; before that every series speaks for itself. */
  @Test
  void roundsDecideOnlyWhenThereAreEnough() {
    for (int count : new int[] {4, 5}) {
      List<Mark> marks = LongStream.range(0, count)
          .mapToObj(i -> new Mark(START.plusSeconds(100 * i), "gc", OptionalLong.empty(), "log")).toList();
      Timeline line = new Timeline("orders", START, START.plusSeconds(600), List.of(LEAK,
          constant(SeriesNames.HEAP_FLOOR, 30 * MB)), marks, OptionalLong.empty(), Optional.empty());
      LeakVerdict verdict = LeakJudge.judge(line, LeakOptions.USUAL.inRounds());
      assertThat(verdict.answer()).isEqualTo(Answer.LEAK);
      assertThat(verdict.summary()).startsWith(count == 4
          ? "It leaks: malloc.used grows by 60.0 MB"
          : "It leaks: malloc.used keeps 1.67 MB of every round");
    }
  }

  /** What is counted is sound, and what the program itself uses was never read. */
  @Test
  void withoutTheProgramsOwnUseThereIsNoAllClear() {
    assertThat(judge(OptionalLong.empty(), series("fds", SeriesUnit.COUNT, second -> 7)).answer())
        .isEqualTo(Answer.CANNOT_TELL);
    assertThat(judge(OptionalLong.empty(), constant("malloc.used", 50 * MB)).answer()).isEqualTo(Answer.NO_LEAK);
  }

  @Test
  void roundsThatLeaveThreadsBehindLeak() {
    List<Mark> marks = LongStream.range(0, 6)
        .mapToObj(i -> new Mark(START.plusSeconds(100 * i), "gc", OptionalLong.empty(), "log")).toList();
    Timeline line = new Timeline("orders", START, START.plusSeconds(600),
        List.of(series(SeriesNames.THREADS, SeriesUnit.COUNT, second -> 10 + second / 100)), marks,
        OptionalLong.empty(), Optional.empty());
    assertThat(LeakJudge.judge(line, LeakOptions.USUAL.inRounds()).summary())
        .isEqualTo("It leaks: threads keeps 1 of every round.");
  }
}
