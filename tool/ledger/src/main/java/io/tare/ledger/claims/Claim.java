package io.tare.ledger.claims;

import io.tare.model.AddressRange;

/** A source's word that a range belongs to an owner. Where claims overlap the stronger wins, then the narrower. */
public record Claim(AddressRange range, Owner owner, int strength) {

  /** A reservation as a whole: holds only where nothing more exact is known. */
  public static final int RESERVATION = 1;

  /** A range that a structure names. */
  public static final int RANGE = 5;

  /** A part of such a range. */
  public static final int PART = 6;

  /** A stack: exact, and known from the thread itself. */
  public static final int STACK = 8;
}
