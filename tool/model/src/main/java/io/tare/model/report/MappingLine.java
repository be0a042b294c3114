package io.tare.model.report;

import io.tare.model.AddressRange;
import io.tare.model.ledger.Confidence;

/** A mapping, or a piece of one, and the account that it was booked to; the account's id is {@code unexplained} for none. */
public record MappingLine(
    AddressRange range, String permissions, String file, String account, String name, long residentBytes,
    Confidence confidence) {
  public static final String UNEXPLAINED = "unexplained";

  public boolean isUnexplained() {
    return account.equals(UNEXPLAINED);
  }
}
