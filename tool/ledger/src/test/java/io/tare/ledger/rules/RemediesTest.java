package io.tare.ledger.rules;

import static io.tare.model.ledger.Account.ANONYMOUS;
import static io.tare.model.ledger.Account.CODE_CACHE;
import static io.tare.model.ledger.Account.CODE_SEGMAP;
import static io.tare.model.ledger.Account.GO_IDLE;
import static io.tare.model.ledger.Account.HEAP_DUPLICATE;
import static io.tare.model.ledger.Account.HEAP_GARBAGE;
import static io.tare.model.ledger.Account.HEAP_IDLE;
import static io.tare.model.ledger.Account.HEAP_LIVE;
import static io.tare.model.ledger.Account.HEAP_USED;
import static io.tare.model.ledger.Account.LIBRARIES;
import static io.tare.model.ledger.Account.MALLOC_IDLE;
import static io.tare.model.ledger.Account.MALLOC_MMAPPED;
import static io.tare.model.ledger.Account.MALLOC_USED;
import static io.tare.model.ledger.Account.MAPPED;
import static io.tare.model.ledger.Account.MAPPED_DIRTY;
import static io.tare.model.ledger.Account.METASPACE_CLASS;
import static io.tare.model.ledger.Account.METASPACE_NONCLASS;
import static io.tare.model.ledger.Account.PYTHON_IDLE;
import static io.tare.model.ledger.Account.SHARED;
import static io.tare.model.ledger.Account.STACKS_JAVA;
import static io.tare.model.ledger.Account.STACKS_NATIVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tare.ledger.SampleEvidence;
import io.tare.model.ledger.Account;
import io.tare.model.report.Figure;
import io.tare.model.report.Remedy;
import io.tare.model.report.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where each rule begins to apply, how strongly, and what its remedies return. */
class RemediesTest {
  private static final long MB = 1 << 20;

  private static Verdict.Yes yes(SampleEvidence sample, String rule) {
    assertThat(sample.verdict(rule)).isInstanceOf(Verdict.Yes.class);
    return (Verdict.Yes) sample.verdict(rule);
  }

  /** What the remedies promise, in MB; -1 where they promise nothing. */
  private static List<Long> returns(SampleEvidence sample, String rule) {
    return yes(sample, rule).remedies().stream()
        .map(remedy -> remedy.expectedBytes().isPresent() ? remedy.expectedBytes().getAsLong() / MB : -1).toList();
  }

  /** At its share of 1,000 MB a rule applies, a megabyte below it doesn't. */
  @ParameterizedTest
  @CsvSource({"heap-idle, HEAP_IDLE, 100", "malloc-retention, MALLOC_IDLE, 100", "thread-stacks, STACKS_JAVA, 100",
      "thread-stacks, STACKS_NATIVE, 100", "metaspace, METASPACE_CLASS, 200", "metaspace, METASPACE_NONCLASS, 200",
      "code-cache, CODE_CACHE, 200", "code-cache, CODE_SEGMAP, 200", "mapped-files, MAPPED, 250",
      "mapped-files, MAPPED_DIRTY, 250", "shared-memory, SHARED, 200", "native-in-use, MALLOC_USED, 250",
      "native-in-use, MALLOC_MMAPPED, 250",
      "runtime-idle, GO_IDLE, 100", "runtime-idle, PYTHON_IDLE, 100", "python-heap, PYTHON_ARENAS, 350"})
  void aRuleAppliesFromItsShareOn(String rule, Account account, long share) {
    SampleEvidence at = SampleEvidence.jvm().account(account, share).account(LIBRARIES, 1000 - share);
    SampleEvidence below = SampleEvidence.jvm().account(account, share - 1).account(LIBRARIES, 1001 - share);
    assertThat(at.verdict(rule)).isInstanceOf(Verdict.Yes.class);
    assertThat(below.verdict(rule)).isInstanceOf(Verdict.No.class);
  }

  @Test
  void whatIsSmallIsNotWorthASentenceWhateverItsShare() {
    assertThat(SampleEvidence.jvm().account(SHARED, 8).verdict("shared-memory")).isInstanceOf(Verdict.Yes.class);
    assertThat(SampleEvidence.jvm().account(SHARED, 7).verdict("shared-memory")).isInstanceOf(Verdict.No.class);
    assertThat(SampleEvidence.jvm().account(HEAP_DUPLICATE, 8).account(LIBRARIES, 900).verdict("heap-multimapped"))
        .isInstanceOf(Verdict.Yes.class);
    assertThat(SampleEvidence.jvm().account(HEAP_DUPLICATE, 7).verdict("heap-multimapped"))
        .isInstanceOf(Verdict.No.class);
  }

  @ParameterizedTest
  @CsvSource({"400, HIGH", "399, MEDIUM", "200, MEDIUM", "199, LOW"})
  void theShareGivesTheStrength(long share, Verdict.Strength strength) {
    assertThat(
        yes(SampleEvidence.jvm().account(HEAP_IDLE, share).account(LIBRARIES, 1000 - share), "heap-idle").strength())
        .isEqualTo(strength);
  }

  @Test
  void garbageIsExactAfterACollectionAndABoundWithout() {
    SampleEvidence exact = SampleEvidence.jvm().account(HEAP_LIVE, 300).account(HEAP_GARBAGE, 700).liveAfterGc(300);
    assertThat(yes(exact, "garbage").summary()).contains("700 MB of the heap were garbage");
    assertThat(yes(exact, "garbage").strength()).isEqualTo(Verdict.Strength.HIGH);
    assertThat(yes(exact, "garbage").readings()).extracting(figure -> figure.what())
        .containsExactly("heap.live", "heap.garbage");
    SampleEvidence bound = SampleEvidence.jvm().account(HEAP_USED, 1000).size("heap.used", 1000)
        .size("heap.usedAfterLastGc", 800);
    assertThat(yes(bound, "garbage").strength()).isEqualTo(Verdict.Strength.LOW);
    assertThat(SampleEvidence.jvm().account(HEAP_USED, 1000).size("heap.used", 1000).size("heap.usedAfterLastGc", 801)
        .verdict("garbage")).isInstanceOf(Verdict.CannotTell.class);
    assertThat(
        SampleEvidence.jvm().account(HEAP_LIVE, 901).account(HEAP_GARBAGE, 99).liveAfterGc(901).verdict("garbage"))
        .isInstanceOf(Verdict.No.class);
  }

  @Test
  void aLiveHeapIsTheAnswerFromAThirdOn() {
    SampleEvidence bound = SampleEvidence.jvm().account(HEAP_USED, 400).account(LIBRARIES, 600).size("heap.used", 400)
        .size("heap.usedAfterLastGc", 350);
    assertThat(yes(bound, "live-heap").strength()).isEqualTo(Verdict.Strength.LOW);
    assertThat(yes(bound, "live-heap").summary()).contains("400 MB, of which at most 350 MB were live");
    assertThat(yes(bound, "live-heap").remedies().getFirst().how())
        .isEqualTo("tare heap 4711");
    assertThat(SampleEvidence.jvm().account(HEAP_USED, 400).account(LIBRARIES, 600).size("heap.used", 400)
        .size("heap.usedAfterLastGc", 349).verdict("live-heap")).isInstanceOf(Verdict.No.class);
    assertThat(yes(SampleEvidence.jvm().account(HEAP_LIVE, 400).liveAfterGc(400), "live-heap").summary())
        .startsWith("Objects that the program keeps make up 400 MB");
  }

  /** Some of what was in use at the last collection may be swapped out by now: the part never exceeds the whole. */
  @Test
  void noMoreIsLiveThanIsResident() {
    SampleEvidence swapped = SampleEvidence.jvm().account(HEAP_USED, 400).account(LIBRARIES, 600).size("heap.used", 900)
        .size("heap.usedAfterLastGc", 800);
    assertThat(yes(swapped, "live-heap").summary())
        .isEqualTo("The heap in use is the largest part: 400 MB, all of which may be live.");
    assertThat(yes(swapped, "live-heap").readings()).containsExactly(new Figure("live heap, at most", "400 MB"));
    SampleEvidence mostly = SampleEvidence.jvm().account(HEAP_USED, 349).account(LIBRARIES, 651).size("heap.used", 900)
        .size("heap.usedAfterLastGc", 800);
    assertThat(mostly.verdict("live-heap").summary()).isEqualTo("Live heap is at most 35 % of RSS.");
  }

  @Test
  void aTrimReturnsWholePagesAndTheRestNeedsMore() {
    SampleEvidence whole = SampleEvidence.jvm().fact("version", "21.0.1").account(MALLOC_IDLE, 100).wholeFreePages(50);
    assertThat(yes(whole, "malloc-retention").remedies()).extracting(Remedy::how)
        .as("the JVM has no flag for it").containsExactly("jcmd 4711 System.trim_native_heap");
    assertThat(returns(whole.fact("flag.TrimNativeHeapInterval", "0"), "malloc-retention")).containsExactly(50L, 50L);
    assertThat(yes(whole, "malloc-retention").remedies().getLast().how())
        .isEqualTo("-XX:TrimNativeHeapInterval=60000");
    assertThat(returns(whole.fact("flag.TrimNativeHeapInterval", "5000"), "malloc-retention"))
        .as("it trims already").containsExactly(50L);
    SampleEvidence trapped = SampleEvidence.jvm().account(MALLOC_IDLE, 100).wholeFreePages(40);
    assertThat(returns(trapped, "malloc-retention")).as("whether a JVM of unknown version takes the order is not known")
        .containsExactly(-1L);
    assertThat(yes(trapped, "malloc-retention").remedies().getLast().action()).contains("60.0 MB lie between");
    assertThat(yes(trapped, "malloc-retention").remedies().getLast().how())
        .isEqualTo("tare try --vary preload=,libjemalloc.so.2 --until idle -- CMD");
    SampleEvidence program = SampleEvidence.nativeProgram().account(MALLOC_IDLE, 100).wholeFreePages(500);
    assertThat(returns(program, "malloc-retention")).as("no more than is kept").containsExactly(100L);
    assertThat(yes(program, "malloc-retention").remedies().getFirst().how()).isEqualTo("malloc_trim(0)");
    Verdict unknown = SampleEvidence.jvm().withoutMalloc().verdict("malloc-retention");
    assertThat(((Verdict.CannotTell) unknown).missing()).isEqualTo("readable process memory (same user or root)");
  }

  @Test
  void whatFewerThreadsReturnIsSaidOfOneThreadOnly() {
    SampleEvidence sample = SampleEvidence.jvm().account(STACKS_JAVA, 60).account(STACKS_NATIVE, 40);
    assertThat(returns(sample, "thread-stacks")).containsExactly(-1L, -1L);
    assertThat(yes(sample, "thread-stacks").summary()).isEqualTo("The stacks of 0 threads hold 100 MB.");
    assertThat(yes(sample.threads(4), "thread-stacks").summary())
        .isEqualTo("The stacks of 4 threads hold 100 MB, 25.0 MB each.");
    assertThat(yes(sample, "thread-stacks").remedies().getFirst().action())
        .endsWith("; each thread less returns about 25.0 MB");
  }

  @Test
  void codeAndClassesAddUp() {
    SampleEvidence code = SampleEvidence.jvm().account(CODE_CACHE, 90).account(CODE_SEGMAP, 10);
    assertThat(returns(code, "code-cache")).containsExactly(-1L);
    assertThat(yes(code, "code-cache").summary()).isEqualTo("Compiled code holds 100 MB.");
    SampleEvidence classes = SampleEvidence.jvm().account(METASPACE_CLASS, 40).account(METASPACE_NONCLASS, 60)
        .fact("classes.count", "9").fact("loaders.count", "2");
    assertThat(yes(classes, "metaspace").summary())
        .isEqualTo("Class metadata holds 100 MB for 9 loaded classes in 2 loaders.");
    assertThat(yes(classes, "metaspace").remedies()).extracting(Remedy::how).containsExactly("tare heap 4711",
        "-XX:MaxMetaspaceSize=160m");
    SampleEvidence counted = SampleEvidence.jvm().account(METASPACE_CLASS, 100).perf("java.cls.loadedClasses", 100)
        .perf("java.cls.sharedLoadedClasses", 50).perf("java.cls.unloadedClasses", 7)
        .perf("java.cls.sharedUnloadedClasses", 3);
    assertThat(yes(counted, "metaspace").summary()).contains("for 140 loaded classes");
  }

  @Test
  void directBuffersCanBeBoundedWhereTheyMatter() {
    SampleEvidence many = SampleEvidence.jvm().account(MALLOC_MMAPPED, 100).size("direct.reserved", 8);
    assertThat(returns(many, "native-in-use")).as("a bound returns nothing").containsExactly(-1L, -1L, -1L);
    assertThat(yes(many, "native-in-use").remedies()).extracting(Remedy::how).containsExactly("tare heap 4711",
        "-XX:MaxDirectMemorySize=16m", "-XX:NativeMemoryTracking=summary");
    assertThat(returns(SampleEvidence.jvm().account(MALLOC_MMAPPED, 100).size("direct.reserved", 7), "native-in-use"))
        .containsExactly(-1L);
    assertThat(returns(SampleEvidence.nativeProgram().account(MALLOC_USED, 100), "native-in-use")).isEmpty();
    assertThat(SampleEvidence.nativeProgram().account(MALLOC_USED, 49).account(LIBRARIES, 51).verdict("native-in-use"))
        .isInstanceOf(Verdict.No.class);
    assertThat(SampleEvidence.nativeProgram().account(MALLOC_USED, 50).account(LIBRARIES, 50).verdict("native-in-use"))
        .isInstanceOf(Verdict.Yes.class);
  }

  @Test
  void theRuntimeThatKeepsMostNamesTheRemedy() {
    SampleEvidence go = SampleEvidence.nativeProgram().account(GO_IDLE, 60).account(PYTHON_IDLE, 40);
    assertThat(yes(go, "runtime-idle").summary()).startsWith("100 MB belong");
    assertThat(yes(go, "runtime-idle").remedies()).extracting(Remedy::how).containsExactly("debug.FreeOSMemory()");
    assertThat(returns(go, "runtime-idle")).containsExactly(60L);
    SampleEvidence python = SampleEvidence.nativeProgram().account(GO_IDLE, 40).account(PYTHON_IDLE, 60);
    assertThat(returns(python, "runtime-idle")).containsExactly(60L);
    assertThat(SampleEvidence.nativeProgram().account(LIBRARIES, 60).verdict("runtime-idle").summary())
        .isEqualTo("Idle memory of a .NET, Go, Python or script runtime is 0 % of RSS.");
  }

  @Test
  void mappedFilesSayHowMuchMustBeWrittenBack() {
    SampleEvidence sample = SampleEvidence.nativeProgram().account(MAPPED, 92).account(MAPPED_DIRTY, 8);
    assertThat(yes(sample, "mapped-files").summary()).startsWith("100 MB of RSS are mapped files")
        .contains("8.00 MB of them are changed");
    assertThat(returns(sample, "mapped-files")).containsExactly(92L);
    assertThat(
        yes(SampleEvidence.nativeProgram().account(MAPPED, 93).account(MAPPED_DIRTY, 7), "mapped-files").summary())
        .doesNotContain("changed pages");
  }

  @Test
  void pageCacheMattersByItsShareOfTheChargeAndIsNeverMoreThanAHint() {
    SampleEvidence small = SampleEvidence.nativeProgram().account(LIBRARIES, 100);
    assertThat(yes(small.group(1000, 2000, 900), "page-cache").strength()).isEqualTo(Verdict.Strength.LOW);
    assertThat(yes(small.group(1000, 0, 900), "page-cache").strength()).isEqualTo(Verdict.Strength.LOW);
    assertThat(SampleEvidence.nativeProgram().account(LIBRARIES, 99).group(1000, 0, 501).verdict("page-cache"))
        .as("without a limit a small process hardly matters").isInstanceOf(Verdict.No.class);
    assertThat(small.group(1000, 2000, 299).verdict("page-cache")).isInstanceOf(Verdict.No.class);
    assertThat(small.group(1000, 2000, 300).verdict("page-cache")).isInstanceOf(Verdict.Yes.class);
  }

  @Test
  void pageCacheIsWorthAnActionOnlyWhereTheChargeStandsAtTheLimitAndPromisesNothing() {
    SampleEvidence sample = SampleEvidence.nativeProgram().account(LIBRARIES, 100);
    assertThat(returns(sample.group(1000, 0, 900), "page-cache")).as("no limit").isEmpty();
    assertThat(returns(sample.group(799, 1000, 700), "page-cache")).as("a fifth of the limit is free").isEmpty();
    assertThat(returns(sample.group(800, 1000, 700), "page-cache")).containsExactly(-1L);
  }

  @Test
  void whatIsTheGroupsComesAfterAllThatIsTheProcesssOwn() {
    List<Verdict> own = SampleEvidence.nativeProgram().account(MALLOC_IDLE, 10).account(LIBRARIES, 90)
        .group(1000, 1100, 900).verdicts();
    assertThat(own).filteredOn(Verdict.Yes.class::isInstance).extracting(Verdict::rule)
        .containsExactly("malloc-retention", "page-cache");
    List<Verdict> nothing = SampleEvidence.nativeProgram().account(LIBRARIES, 100).group(1000, 2000, 900).verdicts();
    assertThat(nothing).filteredOn(Verdict.Yes.class::isInstance).extracting(Verdict::rule)
        .containsExactly("nothing-remarkable", "page-cache");
    List<Verdict> open = SampleEvidence.nativeProgram().account(ANONYMOUS, 100).group(1000, 2000, 900).verdicts();
    assertThat(open).as("also after what can't be told").filteredOn(verdict -> !(verdict instanceof Verdict.No))
        .extracting(Verdict::rule)
        .containsExactly("unknown-use", "nothing-remarkable", "page-cache");
  }

  @Test
  void theRemediesOfOneRuleReturnTheSameBytesUnlessTheySayOtherwise() {
    SampleEvidence sample = SampleEvidence.jvm().fact("version", "25").fact("flag.TrimNativeHeapInterval", "0")
        .account(MALLOC_IDLE, 400).account(LIBRARIES, 600).wholeFreePages(100);
    assertThat(remedies(sample, 1000)).extracting(remedy -> remedy.sameBytes())
        .containsExactly("malloc-retention", "malloc-retention", "between blocks in use");
  }

  private static List<Remedy> remedies(SampleEvidence sample, long grossMegabytes) {
    return Rules.remedies(sample.verdicts(), grossMegabytes * MB, Thresholds.DEFAULT);
  }

  @Test
  void noRemedyReturnsMoreThanThereIsNorNextToNothing() {
    SampleEvidence sample = SampleEvidence.nativeProgram().account(MALLOC_IDLE, 100).wholeFreePages(100);
    assertThat(remedies(sample, 60)).extracting(remedy -> remedy.expectedBytes().orElseThrow() / MB)
        .containsExactly(60L);
    assertThat(remedies(sample, 1)).hasSize(1);
    assertThat(remedies(SampleEvidence.nativeProgram().account(MALLOC_IDLE, 100), 100)).extracting(Remedy::id)
        .as("a trim that would return nothing is none").containsExactly("");
  }

  @Test
  void aLimitIsNearFromAFifthOnAndCloseFromATenth() {
    SampleEvidence sample = SampleEvidence.nativeProgram().account(LIBRARIES, 500);
    assertThat(sample.group(799, 1000, 0).verdict("near-limit")).isInstanceOf(Verdict.No.class);
    assertThat(yes(sample.group(800, 1000, 0), "near-limit").strength()).isEqualTo(Verdict.Strength.MEDIUM);
    assertThat(yes(sample.group(899, 1000, 0), "near-limit").strength()).isEqualTo(Verdict.Strength.MEDIUM);
    assertThat(yes(sample.group(900, 1000, 0), "near-limit").strength()).isEqualTo(Verdict.Strength.HIGH);
    assertThat(sample.group(900, 0, 0).verdict("near-limit").summary()).isEqualTo("No limit is set on the group.");
  }

  @Test
  void aHeapFitsBesideAllThatCannotBeDropped() {
    SampleEvidence sample = SampleEvidence.jvm().account(HEAP_USED, 10).account(HEAP_LIVE, 10).account(HEAP_GARBAGE, 10)
        .account(HEAP_IDLE, 10).account(HEAP_DUPLICATE, 10).account(MAPPED, 10).account(LIBRARIES, 10)
        .account(MALLOC_USED, 100).size("heap.max", 900);
    assertThat(sample.group(200, 1000, 0).verdict("heap-cannot-fit").summary())
        .isEqualTo("The heap's maximum of 900 MB fits the limit beside the rest.");
    Verdict.Yes killed = yes(sample.group(200, 999, 0), "heap-cannot-fit");
    assertThat(killed.summary()).contains("plus the 100 MB beside it").contains("by 1.00 MB");
    assertThat(killed.remedies().getFirst().how()).isEqualTo("-Xmx809m");
    assertThat(yes(sample.neighbour(50).group(200, 1000, 0), "heap-cannot-fit").summary())
        .as("the group's other processes count as well").contains("plus the 150 MB beside it");
  }

  @Test
  void mappedFilesNameTheBiggest() {
    assertThat(
        yes(SampleEvidence.nativeProgram().account(MAPPED, 60).account(MAPPED_DIRTY, 40), "mapped-files").strength())
        .isEqualTo(Verdict.Strength.HIGH);
    assertThat(SampleEvidence.nativeProgram().account(MAPPED, 200).account(MAPPED_DIRTY, 100).account(LIBRARIES, 800)
        .verdict("mapped-files")).isInstanceOf(Verdict.Yes.class);
    assertThat(SampleEvidence.nativeProgram().account(MAPPED, 100).account(MAPPED_DIRTY, 50).account(LIBRARIES, 850)
        .verdict("mapped-files").summary()).isEqualTo("Mapped files are 15 % of RSS.");
  }
}
