package io.tare.history.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.capture.Artifact;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Capture;
import io.tare.model.capture.Outcome;
import io.tare.model.capture.RuntimeKind;
import io.tare.model.capture.Target;
import io.tare.model.ledger.Account;
import io.tare.model.ledger.Confidence;
import io.tare.model.ledger.Entry;
import io.tare.model.ledger.Ledger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What of a ledger goes into a recording. */
class WeigherTest {
  private static Entry entry(Account account, long bytes, String evidence) {
    return new Entry(account, "", bytes, Confidence.MEASURED, evidence);
  }

  @Test
  void anArenaThatWasWalkedInPartDoesNotTellUsedFromIdle() {
    assertThat(accounts("arena walked")).isEqualTo(Map.of("malloc.used", 70L, "malloc.idle", 30L, "cds", 5L));
    assertThat(accounts("arena walked in part: the rest counts as in use"))
        .isEqualTo(Map.of("malloc.unsplit", 100L, "cds", 5L));
  }

  private static Map<String, Long> accounts(String evidence) {
    return Weigher.accounts(new Ledger(105, List.of(entry(Account.MALLOC_USED, 70, evidence),
        entry(Account.MALLOC_IDLE, 30, "arena walked: resident, but in no chunk that is in use"),
        entry(Account.CDS, 5, "mapped")), 0));
  }

  @Test
  void whatEndedOrLostMostOfItsMemoryWhileItWasReadIsNoLedger() {
    String whole = "Name:\tx\nState:\tS (sleeping)\nVmRSS:\t  1000 kB\n";
    assertThat(Weigher.isOfOneMoment(read(whole, whole))).isTrue();
    assertThat(Weigher.isOfOneMoment(read(whole, whole.replace("1000", "500")))).isTrue();
    assertThat(Weigher.isOfOneMoment(read(whole, whole.replace("1000", "499")))).isFalse();
    assertThat(Weigher.isOfOneMoment(read(whole, whole.replace("1000", "9000")))).isTrue();
    String gone = "Name:\tx\nState:\tR (running)\n";
    assertThat(Weigher.isOfOneMoment(read(whole, gone))).isFalse();
    assertThat(Weigher.isOfOneMoment(read(gone, gone))).as("before it was read").isFalse();
    assertThat(Weigher.isOfOneMoment(read(whole, "Name:\tx\nState:\tZ (zombie)\nVmRSS:\t0 kB\n"))).isFalse();
    assertThat(Weigher.isOfOneMoment(capture(Artifact.taken(ArtifactNames.STATUS, "", 1, whole),
        Artifact.missing(ArtifactNames.STATUS_AFTER, Outcome.GONE, "the process ended while it was read")))).isFalse();
  }

  private static Capture read(String before, String after) {
    return capture(Artifact.taken(ArtifactNames.STATUS, "", 1, before),
        Artifact.taken(ArtifactNames.STATUS_AFTER, "", 1, after));
  }

  private static Capture capture(Artifact before, Artifact after) {
    return new Capture(new Target(7, 1, "x", RuntimeKind.NATIVE), Instant.EPOCH, 5, List.of(),
        Map.of(before.name(), before, after.name(), after));
  }
}
