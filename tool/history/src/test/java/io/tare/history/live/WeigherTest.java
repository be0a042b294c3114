package io.tare.history.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.ledger.Account;
import io.tare.model.ledger.Confidence;
import io.tare.model.ledger.Entry;
import io.tare.model.ledger.Ledger;
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
}
