/**
 * Who owns which addresses, and how many resident bytes that makes. In come {@link io.tare.ledger.owners.Claim}s, out go the
 * entries of a ledger: {@link io.tare.ledger.owners.OwnerMap} settles where claims overlap,
 * {@link io.tare.ledger.owners.Piece} cuts the mappings along them, {@link io.tare.ledger.owners.Books} adds them up and
 * moves bytes that no address can tell apart.
 */
@NullMarked
package io.tare.ledger.owners;

import org.jspecify.annotations.NullMarked;
