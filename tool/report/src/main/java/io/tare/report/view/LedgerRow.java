package io.tare.report.view;

import io.tare.model.ledger.Confidence;
import io.tare.model.ledger.Kind;

/**
 * One line of the ledger as it is shown: an account, a part of one, or several folded together.
 *
 * @param title what it is
 * @param name which one, or which ones; empty where the account is one thing
 * @param id the account's id; empty for a fold of several accounts
 * @param evidence where the number came from; empty for a sum
 */
public record LedgerRow(String title, String name, String id, Kind kind, long bytes, Confidence confidence,
    String evidence) {
  /** The row of what has no owner. It is always there, also when it is nothing. */
  public static LedgerRow unexplained(long bytes) {
    return new LedgerRow("No owner found", "", "unexplained", Kind.UNEXPLAINED, bytes, Confidence.MEASURED, "");
  }

  /** Title and name in one text. */
  public String label() {
    return name.isEmpty() ? title : title + ": " + name;
  }
}
