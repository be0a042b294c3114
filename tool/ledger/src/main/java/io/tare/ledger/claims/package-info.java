/**
 * Who owns which addresses, and how many resident bytes that makes. {@link io.tare.ledger.claims.Claim}s come from the
 * evidence ({@code Claims}), {@link io.tare.ledger.claims.OwnerMap} settles where they overlap,
 * {@link io.tare.ledger.claims.Bookkeeping} cuts the mappings along them.
 */
@NullMarked
package io.tare.ledger.claims;

import org.jspecify.annotations.NullMarked;
