package io.tare.history.advice;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.history.compare.Stories;
import io.tare.history.judge.LeakJudge;
import io.tare.history.judge.LeakJudge.LeakOptions;
import io.tare.history.recording.Entry;
import io.tare.history.recording.Recording;
import io.tare.history.recording.SampleRecordings;
import io.tare.history.recording.Timelines;
import io.tare.model.history.Checklist;
import io.tare.model.history.Checklist.Answer;
import io.tare.model.history.Checklist.Item;
import io.tare.model.history.RecordedProcess;
import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import io.tare.model.report.Figure;
import io.tare.model.report.Observer;
import io.tare.model.report.Report;
import io.tare.model.report.ReportTarget;
import io.tare.model.report.Scales;
import io.tare.model.report.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The list for production: yes and no only where a reading says so. */
class ChecksTest {
  private static final long MB = 1 << 20;
  private static final OptionalLong NONE = OptionalLong.empty();

  private static Report report(String flags, Optional<Scales.Group> group, OptionalLong swap, List<Verdict> verdicts) {
    return report("HotSpot JVM", flags, group, swap, verdicts, List.of());
  }

  private static Report report(String runtime, String flags, Optional<Scales.Group> group, OptionalLong swap,
      List<Verdict> verdicts, List<Figure> details) {
    Scales scales = new Scales(100 * MB, NONE, NONE, swap, NONE, NONE, NONE, group, List.of(), "");
    return new Report(Instant.EPOCH, new ReportTarget(4711, "orders", runtime, "25", "G1", flags), scales,
        Optional.empty(), Optional.empty(), Optional.empty(), verdicts, List.of(), details, List.of(), List.of(),
        new Observer(0, 1, List.of()), List.of(), List.of());
  }

  private static Optional<Scales.Group> group(OptionalLong limit, OptionalLong kills) {
    return Optional.of(new Scales.Group(2, "/orders", NONE, NONE, NONE, NONE, limit, "/orders", NONE, NONE, NONE, kills,
        List.of()));
  }

  private static Item item(Checklist list, String id) {
    return list.items().stream().filter(item -> item.id().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void optionsAreReadAsTheJvmReadsThemTheLastOneWins() {
    Checklist list = Checks.of(report("-Xmx512m -XX:+HeapDumpOnOutOfMemoryError -XX:-HeapDumpOnOutOfMemoryError"
        + " -XX:+CrashOnOutOfMemoryError -Xlog:safepoint,gc*:file=x -XX:NativeMemoryTracking=off", Optional.empty(),
        NONE,
        List.of()));
    assertThat(item(list, "heap-dump").answer()).isEqualTo(Answer.NO);
    assertThat(item(list, "ends").reading()).isEqualTo("-XX:+CrashOnOutOfMemoryError");
    assertThat(item(list, "gc-log").answer()).isEqualTo(Answer.YES);
    assertThat(item(list, "heap-chosen").reading()).isEqualTo("-Xmx512m");
    assertThat(item(list, "nmt")).extracting(Item::answer, Item::next).containsExactly(Answer.NO,
        "-XX:NativeMemoryTracking=summary, for 5 to 10 % more native memory");
  }

  @Test
  void optionsThatCouldNotBeReadAreNotMissing() {
    Checklist list = Checks.of(report("", Optional.empty(), NONE, List.of()));
    assertThat(list.items()).extracting(Item::answer).containsOnly(Answer.CANNOT_TELL);
    assertThat(list.hasFinding()).isFalse();
  }

  @Test
  void limitKillsAndSwapAreAnsweredByTheirReadings() {
    Checklist fine = Checks
        .of(report("-Xmx1g", group(OptionalLong.of(512 * MB), OptionalLong.of(0)), OptionalLong.of(0),
            List.of()));
    assertThat(List.of("limit", "kills", "swap"))
        .allSatisfy(id -> assertThat(item(fine, id).answer()).isEqualTo(Answer.YES));
    Checklist bad = Checks.of(report("-Xmx1g", group(NONE, OptionalLong.of(2)), OptionalLong.of(MB), List.of()));
    assertThat(item(bad, "limit").reading()).isEqualTo("none on /orders");
    assertThat(item(bad, "kills").reading()).isEqualTo("2 kills");
    assertThat(item(bad, "swap").answer()).isEqualTo(Answer.NO);
    assertThat(bad.hasFinding()).isTrue();
  }

  private static Checklist ofGo(Figure... details) {
    return Checks.of(report("Go", "", Optional.empty(), NONE, List.of(), List.of(details)));
  }

  @Test
  void aGoProgramIsToHaveABoundOfItsOwn() {
    assertThat(item(ofGo(new Figure("GOGC", "100"), new Figure("GOMEMLIMIT", "104 MB")), "go-bound"))
        .extracting(Item::answer, Item::reading, Item::next).containsExactly(Answer.YES, "GOMEMLIMIT 104 MB", "");
    assertThat(item(ofGo(new Figure("GOMEMLIMIT", "none")), "go-bound"))
        .extracting(Item::answer, Item::reading, Item::next)
        .containsExactly(Answer.NO, "GOMEMLIMIT is not set", "tare advise FILE.tarerec names it");
    assertThat(item(ofGo(), "go-bound").answer()).isEqualTo(Answer.CANNOT_TELL);
    assertThat(item(ofGo(), "collecting").next()).isEqualTo("GODEBUG=gctrace=1 for its log, then tare log FILE");
  }

  @Test
  void ofAProgramWithoutCountedCollectionsNothingIsAskedAboutThem() {
    Checklist python = Checks.of(report("CPython", "", Optional.empty(), NONE, List.of(), List.of()));
    assertThat(python.items()).extracting(Item::id).containsExactly("limit", "headroom", "kills", "swap", "threads",
        "explained", "leak", "alerts");
    assertThat(Checks.of(report("", Optional.empty(), NONE, List.of())).items()).extracting(Item::id)
        .contains("collecting").doesNotContain("go-bound");
  }

  @Test
  void aRulesFindingIsANoAndWithoutALimitNothingIsSaidOfHeadroom() {
    Verdict.Yes found = new Verdict.Yes("heap-cannot-fit", "too large", Verdict.Strength.HIGH, List.of(), List.of());
    Verdict.No without = new Verdict.No("near-limit", "No limit is set on the group.", List.of());
    Checklist list = Checks.of(report("-Xmx1g", Optional.empty(), NONE, List.of(found, without)));
    assertThat(item(list, "heap-fits")).extracting(Item::answer, Item::reading).containsExactly(Answer.NO, "too large");
    assertThat(item(list, "headroom").answer()).isEqualTo(Answer.CANNOT_TELL);
  }

  @Test
  void aRecordingTellsHowItWentAndNotHowItIsSetUp() {
    Recording recording = SampleRecordings.recording(SampleRecordings.oneOfEach());
    Checklist list = Checks.of(Stories.of(recording).getFirst(),
        LeakJudge.judge(Timelines.of(recording.tracks().getFirst()), LeakOptions.USUAL));
    assertThat(item(list, "limit").reading()).isEqualTo("1.00 GB");
    assertThat(item(list, "headroom")).extracting(Item::answer, Item::reading).containsExactly(Answer.YES,
        "peak 510 MB, limit 1.00 GB");
    assertThat(item(list, "leak").answer()).isEqualTo(Answer.CANNOT_TELL);
    assertThat(item(list, "kills").answer()).isEqualTo(Answer.YES);
    assertThat(item(list, "setup")).extracting(Item::answer, Item::next).containsExactly(Answer.CANNOT_TELL,
        "tare checklist 4711 while it runs");
  }

  /** Ten seconds, of which so many milliseconds went into ten collections. */
  private static Checklist collectedFor(long millis) {
    List<Entry> entries = new ArrayList<>(List.of(new Entry.Opened(SampleRecordings.START, "0.1", 1000),
        new Entry.Target(SampleRecordings.START, 1,
            new RecordedProcess(4711, 1, "boot-1", "orders", "HotSpot JVM", OptionalLong.empty()))));
    for (int second = 0; second <= 10; second++) {
      long[] values = Sample.noValues();
      values[SampleColumn.RSS.index()] = 100 * MB;
      values[SampleColumn.CPU_NANOS.index()] = second * 1_000_000_000L;
      values[SampleColumn.GC_RUNS.index()] = second;
      values[SampleColumn.GC_NANOS.index()] = second * millis * 100_000;
      entries.add(new Entry.Sampled(1, Sample.of(SampleRecordings.START + second * 1000L, values)));
    }
    Recording recording = SampleRecordings.recording(entries);
    return Checks.of(Stories.of(recording).getFirst(),
        LeakJudge.judge(Timelines.of(recording.tracks().getFirst()), LeakOptions.USUAL));
  }

  @Test
  void collectionsAreToTakeLessThanATwentiethOfTheTime() {
    assertThat(item(collectedFor(490), "collecting")).extracting(Item::answer, Item::reading)
        .containsExactly(Answer.YES, "4.9 %");
    assertThat(item(collectedFor(510), "collecting")).extracting(Item::answer, Item::reading)
        .containsExactly(Answer.NO, "5.1 %");
  }
}
