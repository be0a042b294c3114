package io.tare.model.history;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A full ledger of one moment, summed by account.
 *
 * @param netBytes what the program itself put there and still used, at most; empty when that is not known
 * @param accounts resident bytes by the account's id, biggest first
 * @param costMicros processor time that the reading took
 */
public record Weighing(long epochMillis, WeighingReason reason, long grossBytes, OptionalLong netBytes,
    Map<String, Long> accounts, long unexplainedBytes, long costMicros) {
  public Weighing {
    accounts = Collections.unmodifiableMap(new LinkedHashMap<>(accounts));
  }

  /** Resident bytes of an account: zero when it has none, for the ledger names every byte. */
  public long bytes(String account) {
    return accounts.getOrDefault(account, 0L);
  }
}
