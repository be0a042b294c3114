package io.tare.ledger.rules;

import static io.tare.model.ledger.Account.ANONYMOUS;
import static io.tare.model.ledger.Account.GO_HEAP;
import static io.tare.model.ledger.Account.GO_IDLE;
import static io.tare.model.ledger.Account.GO_RUNTIME;
import static io.tare.model.ledger.Account.GO_STACKS;
import static io.tare.model.ledger.Account.LIBRARIES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tare.ledger.SampleEvidence;
import io.tare.model.report.Remedy;
import io.tare.model.report.Verdict;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What Tare makes of a Go program's figures. */
class GoRulesTest {
  private static final long MB = 1 << 20;

  private static Verdict.Yes yes(SampleEvidence sample, String rule) {
    assertThat(sample.verdict(rule)).isInstanceOf(Verdict.Yes.class);
    return (Verdict.Yes) sample.verdict(rule);
  }

  @Test
  void aHeapThatIsNearlyAllOfTheWeightIsTheFirstVerdictAndNotTheGroupsPageCache() {
    SampleEvidence server = SampleEvidence.goProgram().account(GO_HEAP, 712).account(LIBRARIES, 46)
        .size("heap.marked", 400).fact("gc.percent", "100").group(4000, 0, 3000);
    assertThat(server.verdicts().getFirst().rule()).isEqualTo("go-heap");
    assertThat(yes(server, "go-heap").strength()).isEqualTo(Verdict.Strength.HIGH);
    assertThat(yes(server, "go-heap").summary())
        .isEqualTo("The Go heap in use holds 712 MB, 94 % of RSS. 400 MB of it were "
            + "alive at the last collection; the rest came since, is dead, or lies between objects.");
    assertThat(yes(server, "go-heap").remedies()).extracting(Remedy::how).satisfiesExactly(
        how -> assertThat(how).isEqualTo("tare who 4711"),
        how -> assertThat(how).isEqualTo("tare try --vary GOGC=,50 --until idle -- CMD"));
  }

  @Test
  void aHeapThatIsAliveIsNotToBeCollectedSooner() {
    SampleEvidence alive = SampleEvidence.goProgram().account(GO_HEAP, 100).size("heap.marked", 64)
        .fact("gc.percent", "100");
    assertThat(yes(alive, "go-heap").remedies()).hasSize(1);
    SampleEvidence off = SampleEvidence.goProgram().account(GO_HEAP, 100).size("heap.marked", 10)
        .fact("gc.percent", "-1");
    assertThat(yes(off, "go-heap").remedies()).hasSize(1);
    assertThat(yes(SampleEvidence.goProgram().account(GO_HEAP, 100), "go-heap").summary())
        .endsWith("No collection has run yet that would tell what of it is alive.");
  }

  @Test
  void objectsThatNobodyHasWrittenToAreAliveAndNotResident() {
    SampleEvidence sparse = SampleEvidence.goProgram().account(GO_HEAP, 80).size("heap.marked", 127);
    assertThat(yes(sparse, "go-heap").summary()).isEqualTo("The Go heap in use holds 80.0 MB, 100 % of RSS. Objects of "
        + "127 MB were alive at the last collection: more than is resident, so some of them were given back since, or were "
        + "never written to.");
  }

  @Test
  void theHeapCountsFromItsShareOn() {
    assertThat(SampleEvidence.goProgram().account(GO_HEAP, 35).account(LIBRARIES, 65).verdict("go-heap"))
        .isInstanceOf(Verdict.Yes.class);
    assertThat(SampleEvidence.goProgram().account(GO_HEAP, 34).account(LIBRARIES, 66).verdict("go-heap"))
        .isInstanceOf(Verdict.No.class);
  }

  @Test
  void aGoProgramOfWhichNothingCouldBeReadIsNotSaidToHaveASmallHeap() {
    assertThat(SampleEvidence.goProgram().account(ANONYMOUS, 100).verdict("go-heap"))
        .isInstanceOf(Verdict.CannotTell.class);
  }

  @Test
  void ofOtherProgramsNothingIsSaidAboutGo() {
    assertThat(SampleEvidence.nativeProgram().account(ANONYMOUS, 100).verdicts()).extracting(Verdict::rule)
        .doesNotContain("go-heap", "go-stacks");
  }

  @Test
  void stacksAreToldByTheNumberOfGoroutines() {
    SampleEvidence many = SampleEvidence.goProgram().account(GO_STACKS, 100).account(LIBRARIES, 900)
        .fact("goroutines", "12800");
    assertThat(yes(many, "go-stacks").summary()).isEqualTo("The stacks of 12800 goroutines hold 100 MB, 8.00 KB each.");
    assertThat(SampleEvidence.goProgram().account(GO_STACKS, 99).account(LIBRARIES, 901).verdict("go-stacks"))
        .isInstanceOf(Verdict.No.class);
    assertThat(yes(SampleEvidence.goProgram().account(GO_STACKS, 100), "go-stacks").summary())
        .isEqualTo("The stacks of goroutines hold 100 MB.");
  }

  private static SampleEvidence idle() {
    return SampleEvidence.goProgram().account(GO_HEAP, 80).account(GO_IDLE, 60).account(GO_RUNTIME, 20)
        .size("heap.inuse", 80).size("heap.idle", 60);
  }

  @Test
  void whatTheScavengerWillReturnByItselfIsSaid() {
    assertThat(yes(idle().size("gc.next", 100), "runtime-idle").summary())
        .isEqualTo("60.0 MB belong to the runtime's heap "
            + "but hold no object. Go gives about 30.0 MB of it back by itself within minutes, and keeps the rest for the "
            + "growth until the next collection.");
    assertThat(yes(idle().size("gc.next", 130), "runtime-idle").summary())
        .endsWith(" Go keeps it for the growth until the next collection, at a heap of 130 MB.");
    assertThat(yes(idle().fact("gc.percent", "-1"), "runtime-idle").summary())
        .endsWith(" With GOGC off Go gives nothing back by itself until GOMEMLIMIT is near.");
  }

  @Test
  void whatIsLeftToChanceStatesNoFigure() {
    assertThat(yes(idle().size("gc.next", 100), "runtime-idle").remedies())
        .as("30 come back by themselves, sooner or later").extracting(Remedy::id, Remedy::expectedBytes)
        .containsExactly(tuple("go.free", OptionalLong.empty()), tuple("go.limit", OptionalLong.empty()));
    assertThat(yes(idle().size("heap.marked", 50).size("heap.marked.unseen", 0), "runtime-idle").remedies())
        .as("a collection takes 30 of garbage; below a limit they may be there or not")
        .extracting(Remedy::id, Remedy::expectedBytes)
        .containsExactly(tuple("go.free", OptionalLong.of(90 * MB)), tuple("go.limit", OptionalLong.empty()));
  }

  /** Sixty are idle and thirty came since the last collection; what was taken while that one marked is dead or alive, and nobody has looked. */
  @Test
  void ofWhatCameWhileTheLastCollectionMarkedHalfIsTakenForDeadOrNoFigureIsStated() {
    assertThat(freedOf(idle().size("heap.marked", 50).size("heap.marked.unseen", 20))).hasValue(100 * MB);
    assertThat(freedOf(idle().size("heap.marked", 50).size("heap.marked.unseen", 44)))
        .as("90 to 134 return: 112, and a fifth of it is 22.4").hasValue(112 * MB);
    assertThat(freedOf(idle().size("heap.marked", 50).size("heap.marked.unseen", 46)))
        .as("90 to 136 return: 23 either way are more than a fifth of 113").isEmpty();
    assertThat(freedOf(idle().size("heap.marked", 50).size("heap.marked.unseen", 20).size("gc.next", 110)))
        .as("19 more come back by themselves, sooner or later").isEmpty();
    assertThat(freedOf(idle().size("heap.marked", 40).size("heap.marked.unseen", 400)))
        .as("no more than was marked can be dead of it: 100 to 140").hasValue(120 * MB);
    assertThat(freedOf(idle().size("heap.marked", 50))).as("a runtime that doesn't tell bounds nothing").isEmpty();
    assertThat(freedOf(idle())).as("nothing was ever marked").hasValue(60 * MB);
  }

  /** Of 80 in use 78 were marked: 50 return beside the tenth that is left, and up to a fifth of that may be dead or not. */
  @Test
  void belowALimitWhatNoCollectionHasLookedAtMayBeThereOrNot() {
    assertThat(boundedOf(idle().size("heap.marked", 78).size("heap.marked.unseen", 8))).hasValue(50 * MB);
    assertThat(boundedOf(idle().size("heap.marked", 78).size("heap.marked.unseen", 9))).isEmpty();
    assertThat(boundedOf(idle().size("heap.marked", 78))).as("a runtime that doesn't tell bounds nothing").isEmpty();
  }

  private static OptionalLong boundedOf(SampleEvidence sample) {
    Remedy second = yes(sample, "runtime-idle").remedies().get(1);
    assertThat(second.id()).isEqualTo("go.limit");
    return second.expectedBytes();
  }

  private static OptionalLong freedOf(SampleEvidence sample) {
    Remedy first = yes(sample, "runtime-idle").remedies().getFirst();
    assertThat(first.id()).isEqualTo("go.free");
    return first.expectedBytes();
  }

  @Test
  void aLimitIsNamedInFullWithWhatItReturns() {
    assertThat(yes(idle(), "runtime-idle").remedies()).extracting(Remedy::how).containsExactly("debug.FreeOSMemory()",
        "GOMEMLIMIT=110MiB");
    assertThat(yes(idle(), "runtime-idle").remedies()).extracting(remedy -> remedy.expectedBytes().orElseThrow() / MB)
        .containsExactly(60L, 50L);
    assertThat(yes(idle().size("gc.next", 124), "runtime-idle").remedies())
        .as("3.6 come back by themselves").extracting(remedy -> remedy.expectedBytes().orElseThrow() / MB)
        .containsExactly(56L, 46L);
    assertThat(yes(idle().size("heap.marked", 50).size("heap.marked.unseen", 0), "runtime-idle").remedies().getFirst()
        .expectedBytes()).as("a collection comes with it, and takes what is dead").hasValue(90 * MB);
    assertThat(yes(idle().size("sys.gc", 33), "runtime-idle").remedies().get(1).how())
        .as("a limit counts what the runtime took and never touched").isEqualTo("GOMEMLIMIT=123MiB");
    assertThat(yes(idle().size("memory.limit", 111), "runtime-idle").remedies().get(1).action())
        .isEqualTo("Bound what Go keeps (now 111 MB)");
    assertThat(yes(idle().size("memory.limit", 110), "runtime-idle").remedies()).hasSize(1);
  }
}
