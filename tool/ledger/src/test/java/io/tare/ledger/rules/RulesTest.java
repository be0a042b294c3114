package io.tare.ledger.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.ledger.SampleEvidence;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.ledger.Account;
import io.tare.model.report.Remedy;
import io.tare.model.report.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule with a reading that triggers it, one that does not, and one that lacks what it needs. */
class RulesTest {
  private static SampleEvidence plainJvm() {
    return SampleEvidence.jvm().account(Account.HEAP_USED, 40)
        .account(Account.LIBRARIES, 60)
        .size("heap.used", 40).size("heap.usedAfterLastGc", 30);
  }

  @Test
  void idleHeapIsFoundAndItsReturnIsNamed() {
    SampleEvidence s = SampleEvidence.jvm().account(Account.HEAP_IDLE, 300).account(Account.HEAP_USED, 100)
        .size("heap.used", 100)
        .size("heap.usedAfterLastGc", 90).fact("version", "25.0.3").fact("flag.G1PeriodicGCInterval", "0")
        .fact("collector", "G1");
    Verdict.Yes yes = yes(s.verdict("heap-idle"));
    assertThat(yes.summary()).contains("300 MB");
    assertThat(yes.remedies()).extracting(Remedy::how).anyMatch(how -> how.contains("-XX:G1PeriodicGCInterval"));
  }

  @Test
  void idleHeapNeedsToKnowTheHeapsParts() {
    SampleEvidence s = SampleEvidence.jvm().account(Account.HEAP_UNSPLIT, 400);
    assertThat(cannotTell(s.verdict("heap-idle")).missing()).isEqualTo(
        "the heap's parts: readable memory, hsperfdata, or --ask");
  }

  @Test
  void garbageIsNotGuessedWithoutACollection() {
    SampleEvidence s = SampleEvidence.jvm().account(Account.HEAP_USED, 400).size("heap.used", 400);
    assertThat(cannotTell(s.verdict("garbage")).missing()).contains("--ask=gc");
  }

  @Test
  void heapThatCameAfterTheLastCollectionMayBeGarbage() {
    SampleEvidence s = SampleEvidence.jvm().account(Account.HEAP_USED, 400).size("heap.used", 400)
        .size("heap.usedAfterLastGc", 50);
    assertThat(yes(s.verdict("garbage")).summary()).contains("Up to 350 MB");
  }

  @Test
  void liveHeapIsAnAnswerToo() {
    SampleEvidence s = SampleEvidence.jvm().account(Account.HEAP_LIVE, 400).account(Account.LIBRARIES, 20)
        .liveAfterGc(400);
    assertThat(yes(s.verdict("live-heap")).strength()).isEqualTo(Verdict.Strength.HIGH);
  }

  /** The dump, which stops the process, comes after what does not. */
  @Test
  void aLiveHeapIsCountedByClassFirstWhereThatIsExact() {
    for (String collector : List.of("Serial", "Parallel", "G1")) {
      assertThat(waysIntoTheHeap("17.0.15+6", collector)).as(collector).containsExactly("tare who 4711",
          "tare heap 4711");
    }
    assertThat(waysIntoTheHeap("11.0.2+9", "G1")).containsExactly("tare heap 4711");
    assertThat(waysIntoTheHeap("21.0.1+12", "ZGC")).containsExactly("tare heap 4711");
    assertThat(waysIntoTheHeap("21.0.1+12", "Shenandoah")).containsExactly("tare heap 4711");
  }

  private static List<String> waysIntoTheHeap(String version, String collector) {
    SampleEvidence s = SampleEvidence.jvm().account(Account.HEAP_LIVE, 400).account(Account.LIBRARIES, 20)
        .liveAfterGc(400).fact("version", version).fact("collector", collector);
    return yes(s.verdict("live-heap")).remedies().stream().map(Remedy::how).toList();
  }

  @Test
  void freedMemoryThatMallocKeepsIsFound() {
    SampleEvidence s = SampleEvidence.nativeProgram().account(Account.MALLOC_IDLE, 200).account(Account.MALLOC_USED,
        50);
    assertThat(yes(s.verdict("malloc-retention")).remedies()).extracting(Remedy::how)
        .contains("malloc_trim(0)");
  }

  @Test
  void whatIsKnownToBeFreedIsKeptWhateverTheRestIs() {
    SampleEvidence half = SampleEvidence.nativeProgram().account(Account.MALLOC_IDLE, 250)
        .account(Account.MALLOC_UNSPLIT, 200).account(Account.MALLOC_USED, 300);
    yes(half.verdict("malloc-retention"));
    cannotTell(SampleEvidence.nativeProgram().account(Account.MALLOC_UNSPLIT, 200).account(Account.MALLOC_USED, 300)
        .verdict("malloc-retention"));
  }

  @Test
  void anotherAllocatorsRetentionCannotBeTold() {
    SampleEvidence s = SampleEvidence.nativeProgram().account(Account.MALLOC_UNSPLIT, 200).withoutMalloc();
    cannotTell(s.verdict("malloc-retention"));
  }

  @Test
  void stacksThatWeighAreFound() {
    assertThat(yes(
        SampleEvidence.jvm().account(Account.STACKS_JAVA, 100).account(Account.HEAP_USED, 100).verdict("thread-stacks"))
        .summary()).contains("100 MB");
    no(plainJvm().verdict("thread-stacks"));
  }

  @Test
  void classMetadataThatWeighsIsFound() {
    SampleEvidence s = SampleEvidence.jvm().account(Account.METASPACE_NONCLASS, 150)
        .account(Account.METASPACE_CLASS, 20)
        .account(Account.HEAP_USED, 100)
        .fact("classes.count", "12000");
    assertThat(yes(s.verdict("metaspace")).summary()).contains("12000 loaded classes");
  }

  @Test
  void mappedFilesAreNotTheProgramsMemory() {
    SampleEvidence s = SampleEvidence.nativeProgram().account(Account.MAPPED, 900).account(Account.MALLOC_USED, 30);
    assertThat(yes(s.verdict("mapped-files")).summary()).contains("not memory that the program allocated");
  }

  @Test
  void aHeapThatIsMappedSeveralTimesIsCountedOnce() {
    SampleEvidence s = SampleEvidence.jvm().account(Account.HEAP_USED, 100).account(Account.HEAP_DUPLICATE, 200);
    assertThat(yes(s.verdict("heap-multimapped")).summary()).contains("200 MB");
  }

  @Test
  void aHeapMaximumThatDoesNotFitIsFoundBeforeItIsReached() {
    SampleEvidence s = SampleEvidence.jvm().account(Account.HEAP_USED, 100).account(Account.MALLOC_USED, 300)
        .size("heap.max", 1024)
        .size("heap.used", 100).group(420, 1200, 20);
    Verdict.Yes yes = yes(s.verdict("heap-cannot-fit"));
    assertThat(yes.summary()).contains("exceeds the limit");
    assertThat(yes.remedies().getFirst().how()).isEqualTo("-Xmx810m");
  }

  @Test
  void aLimitThatIsNearIsFoundOnlyWhenPageCacheIsGivenBackFirst() {
    no(plainJvm().group(950, 1000, 600).verdict("near-limit"));
    assertThat(
        yes(SampleEvidence.jvm().account(Account.HEAP_USED, 900).group(950, 1000, 10).verdict("near-limit"))
            .strength())
        .isEqualTo(Verdict.Strength.HIGH);
  }

  @Test
  void withoutAGroupTheLimitCannotBeTold() {
    cannotTell(SampleEvidence.jvm().account(Account.HEAP_USED, 900).verdict("near-limit"));
  }

  @Test
  void pageCacheThatTheGroupIsChargedForIsFound() {
    SampleEvidence s = SampleEvidence.nativeProgram().account(Account.MALLOC_USED, 30).group(800, 1000, 700);
    assertThat(yes(s.verdict("page-cache")).summary()).contains("don't get a process killed");
  }

  @Test
  void nativeMemoryInUseIsFoundAndItsOwnerIsNotGuessed() {
    SampleEvidence s = SampleEvidence.jvm().account(Account.MALLOC_MMAPPED, 400).account(Account.HEAP_USED, 100);
    assertThat(yes(s.verdict("native-in-use")).summary()).contains("can't be told from outside");
  }

  /** A restart is asked for only where native memory is not tracked yet. */
  @ParameterizedTest
  @CsvSource({"off, -XX:NativeMemoryTracking=summary", "summary, tare 4711 --ask=nmt", "detail, tare 4711 --ask=nmt"})
  void whoTakesNativeMemoryIsAskedWhereTheJvmKnows(String tracking, String how) {
    SampleEvidence s = SampleEvidence.jvm().account(Account.MALLOC_USED, 400).account(Account.HEAP_USED, 100)
        .fact("flag.NativeMemoryTracking", tracking);
    assertThat(yes(s.verdict("native-in-use")).remedies()).extracting(Remedy::how)
        .contains(how).filteredOn(one -> one.contains("NativeMemoryTracking") || one.contains("--ask=nmt")).hasSize(1);
  }

  @Test
  void directBuffersAreNamedWhenTheyAreCounted() {
    SampleEvidence s = SampleEvidence.jvm().account(Account.MALLOC_MMAPPED, 400).account(Account.HEAP_USED, 100)
        .size("direct.reserved", 390);
    assertThat(yes(s.verdict("native-in-use")).summary()).contains("390 MB");
  }

  @Test
  void nothingRemarkableIsSaidOnlyWhenNoRuleApplies() {
    List<Verdict> quiet = SampleEvidence.nativeProgram().account(Account.LIBRARIES, 5)
        .account(Account.MALLOC_USED, 2).group(20, 4000, 1).verdicts();
    assertThat(quiet.getFirst().rule()).isEqualTo("nothing-remarkable");
    List<Verdict> busy = SampleEvidence.nativeProgram().account(Account.MAPPED, 900).group(920, 4000, 1).verdicts();
    assertThat(busy.getFirst().rule()).isEqualTo("mapped-files");
  }

  @Test
  void nothingStandsOutIsNotSaidOfMemoryWhoseUseIsNotKnown() {
    SampleEvidence open = SampleEvidence.nativeProgram().account(Account.LIBRARIES, 90).account(Account.ANONYMOUS, 10);
    assertThat(cannotTell(open.verdict("nothing-remarkable")).summary()).isEqualTo(
        "Whether anything stands out can't be told: of 10.0 MB, 10 % of RSS, it is not known whether they are in use.");
    SampleEvidence closed = SampleEvidence.nativeProgram().account(Account.LIBRARIES, 91).account(Account.ANONYMOUS, 9);
    assertThat(yes(closed.verdict("nothing-remarkable")).readings()).extracting(figure -> figure.value())
        .containsExactly("100 MB", "≤ 9.00 MB");
  }

  @Test
  void nothingStandsOutIsNotSaidWhereMemoryWasRefused() {
    SampleEvidence refused = SampleEvidence.nativeProgram().account(Account.LIBRARIES, 90)
        .refusing(ArtifactNames.MALLOC);
    assertThat(cannotTell(refused.verdict("nothing-remarkable")).missing()).isEqualTo(
        "Run as root, or with CAP_SYS_PTRACE: sudo tare 4711 (in a container: add the capability SYS_PTRACE).");
  }

  @Test
  void memoryThatMayBeInUseOrIdleIsNeverCalledInUse() {
    SampleEvidence s = SampleEvidence.nativeProgram().account(Account.MALLOC_UNSPLIT, 500)
        .account(Account.ANONYMOUS, 100)
        .account(Account.LIBRARIES, 400);
    no(s.verdict("native-in-use"));
    Verdict.CannotTell open = cannotTell(s.verdict("unknown-use"));
    assertThat(open.summary()).isEqualTo("Of 600 MB, 60 % of RSS, it is not known whether they are in use or idle; "
        + "most of it is an allocator's.");
    assertThat(open.missing()).isEqualTo("the allocator's own statistics");
    no(SampleEvidence.nativeProgram().account(Account.ANONYMOUS, 99).account(Account.LIBRARIES, 901)
        .verdict("unknown-use"));
  }

  @Test
  void whatIsUnexplainedIsAVerdictFromAHalfPercentOn() {
    SampleEvidence s = SampleEvidence.nativeProgram().account(Account.LIBRARIES, 995).unexplained(5);
    Verdict.Yes yes = yes(s.verdict("unexplained"));
    assertThat(yes.summary())
        .isEqualTo("5.00 MB, 0.5 % of RSS, are unexplained: Tare found no owner, which is a gap of "
            + "Tare's and not of the program.");
    assertThat(yes.remedies()).extracting(Remedy::how)
        .containsExactly("tare capture 4711 --no-paths -o unexplained.tare");
    no(SampleEvidence.nativeProgram().account(Account.LIBRARIES, 996).unexplained(4).verdict("unexplained"));
    SampleEvidence refused = SampleEvidence.nativeProgram().account(Account.LIBRARIES, 995).unexplained(5)
        .refusing(ArtifactNames.MALLOC);
    assertThat(yes(refused.verdict("unexplained")).summary())
        .isEqualTo("5.00 MB, 0.5 % of RSS, are unexplained because memory could not be read.");
  }

  @Test
  void aSnapshotNeverSaysLeak() {
    SampleEvidence s = SampleEvidence.jvm().account(Account.HEAP_USED, 900).account(Account.MALLOC_IDLE, 500)
        .account(Account.MALLOC_USED, 800)
        .account(Account.STACKS_JAVA, 300).account(Account.METASPACE_NONCLASS, 900).size("heap.used", 900)
        .group(3500, 3600, 10);
    for (Verdict verdict : s.verdicts()) {
      assertThat(verdict.summary().toLowerCase(java.util.Locale.ROOT)).doesNotContain("leak");
    }
  }

  @Test
  void everyRuleHasAnIdOfItsOwn() {
    assertThat(plainJvm().verdicts()).extracting(Verdict::rule).doesNotHaveDuplicates();
  }

  private static Verdict.Yes yes(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.Yes.class);
    return (Verdict.Yes) verdict;
  }

  private static void no(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.No.class);
  }

  private static Verdict.CannotTell cannotTell(Verdict verdict) {
    assertThat(verdict).isInstanceOf(Verdict.CannotTell.class);
    return (Verdict.CannotTell) verdict;
  }
}
