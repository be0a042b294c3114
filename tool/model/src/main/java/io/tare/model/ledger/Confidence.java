package io.tare.model.ledger;

import java.util.Locale;

/** How sure a number is. */
public enum Confidence {
  /** Read directly from the kernel or from the owner's own structures. */
  MEASURED,
  /** Computed from measured numbers by a rule that always holds. */
  DERIVED,
  /** Concluded from a pattern that nearly always holds: a size, a neighbour, a name. */
  INFERRED;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
