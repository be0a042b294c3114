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

  /** Why a full ledger was taken at that moment. The order is part of the recording file's format. */
  public enum WeighingReason {
    /** The first one. */
    BASELINE(0),
    /** The time had come. */
    TURN(1),
    /** Gross had moved. */
    MOVED(2),
    /** The program, or somebody, had set a mark. */
    MARK(3),
    /** The container came close to its limit: this may be the last one. */
    LIMIT(4),
    /** Somebody asked for it. */
    ASKED(5),
    /** After a full collection that somebody had asked for: what is in use is what lives. */
    SETTLED(6),
    /** The process had become another program. */
    EXEC(7);

    private final int code;

    WeighingReason(int code) {
      this.code = code;
    }

    public int code() {
      return code;
    }
  }
}
