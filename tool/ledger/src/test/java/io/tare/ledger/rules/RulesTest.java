package io.tare.ledger.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.ledger.SampleEvidence;
import io.tare.model.ledger.Account;
import io.tare.model.report.Remedy;
import io.tare.model.report.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule with a reading that triggers it, one that does not, and one that lacks what it needs. */
class RulesTest {
  private static final SampleEvidence PLAIN_JVM = SampleEvidence.jvm().account(Account.HEAP_USED, 40)
      .account(Account.LIBRARIES, 60)
      .size("heap.used", 40).size("heap.usedAfterLastGc", 30);

  @Test
  void idleHeapIsFoundAndItsReturnIsNamed() {
    Situation s = SampleEvidence.jvm().account(Account.HEAP_IDLE, 300).account(Account.HEAP_USED, 100)
        .size("heap.used", 100)
        .fact("collector", "G1").situation();
    Verdict.Yes yes = yes(new IdleHeap().judge(s));
    assertThat(yes.summary()).contains("300 MB");
    assertThat(yes.remedies()).extracting(Remedy::how).anyMatch(how -> how.contains("-XX:G1PeriodicGCInterval"));
  }

  @Test
  void idleHeapNeedsToKnowTheHeapsParts() {
    Situation s = SampleEvidence.jvm().account(Account.HEAP_USED, 400).situation();
    assertThat(cannotTell(new IdleHeap().judge(s)).missing()).contains("--ask");
  }

  @Test
  void garbageIsNotGuessedWithoutACollection() {
    Situation s = SampleEvidence.jvm().account(Account.HEAP_USED, 400).size("heap.used", 400).situation();
    assertThat(cannotTell(new Garbage().judge(s)).missing()).contains("--ask=gc");
  }

  @Test
  void heapThatCameAfterTheLastCollectionMayBeGarbage() {
    Situation s = SampleEvidence.jvm().account(Account.HEAP_USED, 400).size("heap.used", 400)
        .size("heap.usedAfterLastGc", 50)
        .situation();
    assertThat(yes(new Garbage().judge(s)).summary()).contains("Up to 350 MB");
  }

  @Test
  void liveHeapIsAnAnswerToo() {
    Situation s = SampleEvidence.jvm().account(Account.HEAP_LIVE, 400).account(Account.LIBRARIES, 20).liveAfterGc(400)
        .situation();
    assertThat(yes(new LiveHeap().judge(s)).strength()).isEqualTo(Verdict.Strength.HIGH);
  }

  @Test
  void freedMemoryThatMallocKeepsIsFound() {
    Situation s = SampleEvidence.nativeProgram().account(Account.MALLOC_IDLE, 200).account(Account.MALLOC_USED, 50)
        .situation();
    assertThat(yes(new AllocatorRetention().judge(s)).remedies()).extracting(Remedy::how)
        .contains("MALLOC_ARENA_MAX=2");
  }

  @Test
  void anotherAllocatorsRetentionCannotBeTold() {
    Situation s = SampleEvidence.nativeProgram().account(Account.MALLOC_UNSPLIT, 200).withoutMalloc().situation();
    cannotTell(new AllocatorRetention().judge(s));
  }

  @Test
  void stacksThatWeighAreFound() {
    assertThat(yes(new ThreadStacks()
        .judge(SampleEvidence.jvm().account(Account.STACKS_JAVA, 100).account(Account.HEAP_USED, 100).situation()))
        .summary()).contains("100 MB");
    no(new ThreadStacks().judge(PLAIN_JVM.situation()));
  }

  @Test
  void classMetadataThatWeighsIsFound() {
    Situation s = SampleEvidence.jvm().account(Account.METASPACE_NONCLASS, 150).account(Account.METASPACE_CLASS, 20)
        .account(Account.HEAP_USED, 100)
        .fact("classes.count", "12000").situation();
    assertThat(yes(new ClassMetadata().judge(s)).summary()).contains("12000 loaded classes");
  }

  @Test
  void mappedFilesAreNotTheProgramsMemory() {
    Situation s = SampleEvidence.nativeProgram().account(Account.MAPPED, 900).account(Account.MALLOC_USED, 30)
        .situation();
    assertThat(yes(new MappedFiles().judge(s)).summary()).contains("not memory that the program allocated");
  }

  @Test
  void aHeapThatIsMappedSeveralTimesIsCountedOnce() {
    Situation s = SampleEvidence.jvm().account(Account.HEAP_USED, 100).account(Account.HEAP_DUPLICATE, 200).situation();
    assertThat(yes(new MultiMappedHeap().judge(s)).summary()).contains("200 MB");
  }

  @Test
  void aHeapMaximumThatDoesNotFitIsFoundBeforeItIsReached() {
    Situation s = SampleEvidence.jvm().account(Account.HEAP_USED, 100).account(Account.MALLOC_USED, 300)
        .size("heap.max", 1024)
        .size("heap.used", 100).group(420, 1200, 20).situation();
    Verdict.Yes yes = yes(new HeapCannotFit().judge(s));
    assertThat(yes.summary()).contains("exceeds the limit");
    assertThat(yes.remedies().getFirst().how()).isEqualTo("-Xmx810m");
  }

  @Test
  void aLimitThatIsNearIsFoundOnlyWhenPageCacheIsGivenBackFirst() {
    no(new NearLimit().judge(PLAIN_JVM.group(950, 1000, 600).situation()));
    assertThat(
        yes(new NearLimit()
            .judge(SampleEvidence.jvm().account(Account.HEAP_USED, 900).group(950, 1000, 10).situation()))
            .strength())
        .isEqualTo(Verdict.Strength.HIGH);
  }

  @Test
  void withoutAGroupTheLimitCannotBeTold() {
    cannotTell(new NearLimit().judge(SampleEvidence.jvm().account(Account.HEAP_USED, 900).situation()));
  }

  @Test
  void pageCacheThatTheGroupIsChargedForIsFound() {
    Situation s = SampleEvidence.nativeProgram().account(Account.MALLOC_USED, 30).group(800, 1000, 700).situation();
    assertThat(yes(new PageCache().judge(s)).summary()).contains("don't get a process killed");
  }

  @Test
  void nativeMemoryInUseIsFoundAndItsOwnerIsNotGuessed() {
    Situation s = SampleEvidence.jvm().account(Account.MALLOC_MMAPPED, 400).account(Account.HEAP_USED, 100).situation();
    assertThat(yes(new NativeInUse().judge(s)).summary()).contains("can't be told from outside");
  }

  @Test
  void directBuffersAreNamedWhenTheyAreCounted() {
    Situation s = SampleEvidence.jvm().account(Account.MALLOC_MMAPPED, 400).account(Account.HEAP_USED, 100)
        .size("direct.reserved", 390).situation();
    assertThat(yes(new NativeInUse().judge(s)).summary()).contains("390 MB");
  }

  @Test
  void nothingRemarkableIsSaidOnlyWhenNoRuleApplies() {
    List<Verdict> quiet = Rules.judge(SampleEvidence.nativeProgram().account(Account.LIBRARIES, 5)
        .account(Account.MALLOC_USED, 2).group(20, 4000, 1).situation());
    assertThat(quiet.getFirst().rule()).isEqualTo("nothing-remarkable");
    List<Verdict> busy = Rules
        .judge(SampleEvidence.nativeProgram().account(Account.MAPPED, 900).group(920, 4000, 1).situation());
    assertThat(busy.getFirst().rule()).isEqualTo("mapped-files");
  }

  @Test
  void aSnapshotNeverSaysLeak() {
    Situation s = SampleEvidence.jvm().account(Account.HEAP_USED, 900).account(Account.MALLOC_IDLE, 500)
        .account(Account.MALLOC_USED, 800)
        .account(Account.STACKS_JAVA, 300).account(Account.METASPACE_NONCLASS, 900).size("heap.used", 900)
        .group(3500, 3600, 10).situation();
    for (Verdict verdict : Rules.judge(s)) {
      assertThat(verdict.summary().toLowerCase(java.util.Locale.ROOT)).doesNotContain("leak");
    }
  }

  @Test
  void everyRuleHasAnIdOfItsOwn() {
    assertThat(Rules.judge(PLAIN_JVM.situation())).extracting(Verdict::rule).doesNotHaveDuplicates();
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
