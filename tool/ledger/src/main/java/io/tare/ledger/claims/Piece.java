package io.tare.ledger.claims;

import io.tare.model.AddressRange;
import io.tare.model.proc.Mapping;
import java.util.Optional;

/** A mapping, or the part of one that has a single owner, and its share of the mapping's resident bytes. */
public record Piece(Mapping mapping, AddressRange range, Optional<Owner> owner, long residentBytes) {

  public Piece withOwner(Owner other) {
    return new Piece(mapping, range, Optional.of(other), residentBytes);
  }
}
