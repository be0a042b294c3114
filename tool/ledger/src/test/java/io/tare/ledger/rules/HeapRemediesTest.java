package io.tare.ledger.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.ledger.SampleEvidence;
import io.tare.model.ledger.Account;
import io.tare.model.report.Remedy;
import io.tare.model.report.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What gives heap back, by collector: the exact text, and how much. */
class HeapRemediesTest {
  private static final long MB = 1 << 20;

  /** 300 MB of the heap are idle, 100 MB in use, of which 35 MB were alive at the last collection. */
  private static SampleEvidence idle(String collector) {
    return SampleEvidence.jvm().account(Account.HEAP_IDLE, 300).account(Account.HEAP_USED, 100).size("heap.used", 100)
        .size("heap.usedAfterLastGc", 35).fact("collector", collector).fact("version", "25.0.3")
        .size("flag.MinHeapSize", 8);
  }

  private static List<Remedy> remedies(SampleEvidence sample) {
    return ((Verdict.Yes) sample.verdict("heap-idle")).remedies();
  }

  private static List<String> said(SampleEvidence sample) {
    return remedies(sample).stream().map(remedy -> remedy.how()
        + (remedy.expectedBytes().isPresent() ? " = " + remedy.expectedBytes().getAsLong() / MB : "")).toList();
  }

  @Test
  void g1ComesDownToWhatIsAliveAndTheFreePartThatItKeeps() {
    SampleEvidence g1 = idle("G1").size("heap.usedAfterLastGc", 15).fact("flag.MaxHeapFreeRatio", "75")
        .fact("flag.G1PeriodicGCInterval", "0");
    assertThat(said(g1)).as("of 400 stay 15 / 0.25, then 15 / 0.7").containsExactly("jcmd 4711 GC.run = 340",
        "-XX:G1PeriodicGCInterval=60000 -XX:MaxHeapFreeRatio=30 -XX:MinHeapFreeRatio=10 = 378",
        "tare try --vary -Xmx=,32m --until idle -- CMD");
    assertThat(remedies(g1).getFirst().orders()).containsExactly("GC.run");
  }

  @Test
  void whereMuchMayBeGarbageOrTouchedBeforeNoFigureIsStated() {
    SampleEvidence g1 = idle("G1").fact("flag.MaxHeapFreeRatio", "75").fact("flag.G1PeriodicGCInterval", "0");
    assertThat(said(g1)).as("up to 140 of the 35 / 0.25 may come back besides 260; up to 50 besides 350")
        .startsWith("jcmd 4711 GC.run",
            "-XX:G1PeriodicGCInterval=60000 -XX:MaxHeapFreeRatio=30 -XX:MinHeapFreeRatio=10 = 350");
    assertThat(said(idle("ZGC").size("flag.MinHeapSize", 400)).getFirst()).as("up to 100 in use besides 300")
        .isEqualTo("-Xms35m -XX:ZUncommitDelay=30");
  }

  private static SampleEvidence littleInUse(String collector) {
    return SampleEvidence.jvm().account(Account.HEAP_IDLE, 300).account(Account.HEAP_USED, 50).size("heap.used", 50)
        .size("heap.usedAfterLastGc", 35).fact("collector", collector).fact("version", "25.0.3")
        .size("flag.MinHeapSize", 400);
  }

  @Test
  void noHeapComesDownBelowItsMinimumUnlessThatIsLoweredToo() {
    SampleEvidence g1 = idle("G1").size("flag.MinHeapSize", 380).fact("flag.MaxHeapFreeRatio", "75")
        .fact("flag.G1PeriodicGCInterval", "0");
    assertThat(said(g1)).startsWith("jcmd 4711 GC.run = 20",
        "-Xms35m -XX:G1PeriodicGCInterval=60000 -XX:MaxHeapFreeRatio=30 -XX:MinHeapFreeRatio=10 = 350");
  }

  @Test
  void whereNothingGivesBackTheNextStepIsALoad() {
    SampleEvidence full = SampleEvidence.jvm().account(Account.HEAP_IDLE, 150).account(Account.HEAP_USED, 250)
        .size("heap.used", 250).size("heap.usedAfterLastGc", 210).fact("collector", "Parallel").fact("version", "25.0.3")
        .size("flag.MinHeapSize", 8);
    assertThat(said(full)).as("2 * 210 is more than the 400 that there are").containsExactly("tare record 4711 --for 30m -o load.tarerec; tare advise load.tarerec");
    assertThat(said(idle("Parallel").size("heap.usedAfterLastGc", 35)))
        .containsExactly("tare try --vary -Xmx=,80m --until idle -- CMD");
  }

  @Test
  void theLoweredMinimumStays() {
    SampleEvidence g1 = idle("G1").size("heap.usedAfterLastGc", 5).size("flag.MinHeapSize", 400)
        .fact("flag.G1PeriodicGCInterval", "0");
    assertThat(said(g1)).as("of 400 stay 16, though 5 / 0.7 would do").anyMatch(
        how -> how.startsWith("-Xms16m -XX:G1PeriodicGCInterval=60000") && how.endsWith(" = 384"));
  }

  @Test
  void whatWasAppliedStandsBehindTheFigure() {
    assertThat(
        Rules.remedies(idle("G1").fact("flag.G1PeriodicGCInterval", "0").verdicts(), 400 * MB, Thresholds.DEFAULT))
        .filteredOn(remedy -> remedy.id().equals("heap.periodic")).singleElement()
        .satisfies(remedy -> assertThat(remedy.tried()).hasValue(new Remedy.Tried(5, 5, 1.01, 1.13)));
  }

  @ParameterizedTest
  @CsvSource({"5, 5, HIGH", "10, 9, HIGH", "10, 8, MEDIUM", "4, 4, MEDIUM", "10, 6, LOW", "0, 0, LOW"})
  void confidenceGrowsWithCasesAndWithHowManyCameTrue(int cases, int within, Verdict.Strength confidence) {
    assertThat(new Remedy.Tried(cases, within, 0.9, 1.1).confidence()).isEqualTo(confidence);
  }

  @Test
  void withoutACollectionSoFarNothingIsSaidOfWhatOneWouldReturn() {
    SampleEvidence g1 = SampleEvidence.jvm().account(Account.HEAP_IDLE, 300).account(Account.HEAP_USED, 100)
        .size("heap.used", 100).fact("collector", "G1").fact("version", "25").fact("flag.G1PeriodicGCInterval", "0");
    assertThat(said(g1)).containsExactly("tare try --vary -Xmx=,208m --until idle -- CMD");
  }

  @ParameterizedTest
  @CsvSource({"11.0.20, 0", "1.8.0_402, 0", "17.0.1, 60000"})
  void flagsThatTheJvmLacksOrHasAlreadyAreNotPrinted(String version, String interval) {
    SampleEvidence g1 = idle("G1").fact("version", version).fact("flag.G1PeriodicGCInterval", interval);
    assertThat(said(g1)).noneMatch(how -> how.startsWith("-XX:G1PeriodicGCInterval"));
  }

  @Test
  void shenandoahsFlagsAreUnlockedAndZgcsNeedNot() {
    assertThat(said(littleInUse("Shenandoah"))).containsExactly("jcmd 4711 GC.run",
        "-Xms35m -XX:+UnlockExperimentalVMOptions -XX:ShenandoahUncommitDelay=30000 = 300",
        "tare try --vary -Xmx=,80m --until idle -- CMD");
    assertThat(said(littleInUse("ZGC"))).containsExactly("-Xms35m -XX:ZUncommitDelay=30 = 300",
        "tare try --vary -Xmx=,80m --until idle -- CMD");
    assertThat(said(littleInUse("ZGC").fact("flag.ZUncommit", "false")).getFirst())
        .isEqualTo("-Xms35m -XX:+ZUncommit -XX:ZUncommitDelay=30 = 300");
  }

  @Test
  void beforeJdk13ZgcHasNoFlagsForGivingBack() {
    assertThat(said(littleInUse("ZGC").fact("version", "11.0.20")))
        .containsExactly("tare try --vary -Xmx=,80m --until idle -- CMD");
    assertThat(said(littleInUse("ZGC").fact("version", "13.0.1")).getFirst()).startsWith("-Xms35m -XX:ZUncommitDelay");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ZGC", "Shenandoah"})
  void whatComesBackByItselfIsNoReturnOfAFlag(String collector) {
    assertThat(remedies(idle(collector))).filteredOn(remedy -> remedy.action().contains("by itself")).singleElement()
        .matches(remedy -> remedy.expectedBytes().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Serial", "Parallel"})
  void collectorsThatKeepWhatTheyHavePromiseNothing(String collector) {
    assertThat(said(idle(collector))).containsExactly("tare try --vary -Xmx=,80m --until idle -- CMD");
  }

  @Test
  void ofAPretouchedHeapIsKnownBeforeTheFirstCollectionWhatWouldNeverBeTouched() {
    SampleEvidence fresh = idle("Serial").fact("flag.AlwaysPreTouch", "true");
    assertThat(said(fresh).getFirst()).isEqualTo("-XX:-AlwaysPreTouch = 300");
    SampleEvidence collected = idle("Serial").fact("flag.AlwaysPreTouch", "true")
        .perf("sun.gc.collector.0.invocations", 3);
    assertThat(said(collected)).contains("-XX:-AlwaysPreTouch");
  }

  @Test
  void aJvmThatTakesNoOrdersIsToldNothing() {
    assertThat(said(idle("G1").fact("flag.DisableAttachMechanism", "true"))).noneMatch(how -> how.startsWith("jcmd"));
  }

  @Test
  void idleHeapAndGarbageAreOneHeapAndItsRemediesStandOnce() {
    SampleEvidence both = idle("G1").account(Account.HEAP_USED, 100).size("heap.used", 200)
        .fact("flag.MaxHeapFreeRatio", "70").fact("flag.G1PeriodicGCInterval", "0");
    assertThat(((Verdict.Yes) both.verdict("garbage")).remedies()).isEqualTo(remedies(both));
    assertThat(Rules.remedies(both.verdicts(), 500 * MB, Thresholds.DEFAULT)).extracting(Remedy::sameBytes)
        .containsExactly("heap", "heap", "heap");
  }
}
