package io.tare.history.sampling;

import java.time.Duration;

/**
 * When full ledgers are taken.
 *
 * @param turn how long from one to the next while nothing happens; zero for never in turn
 * @param share of one processor that ledgers may use in the long run
 */
public record LedgerRules(Duration turn, double share) {
  /** A minute, and a twentieth of a percent of one processor: less than the cheap readings take. */
  public static final LedgerRules USUAL = new LedgerRules(Duration.ofMinutes(1), 0.0005);
}
