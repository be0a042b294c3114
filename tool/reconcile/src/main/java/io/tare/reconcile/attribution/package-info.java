/**
 * Who owns which addresses, and how many resident bytes that makes. {@link io.tare.reconcile.attribution.Claim}s come from the
 * evidence ({@code Claims}), {@link io.tare.reconcile.attribution.OwnerMap} settles where they overlap,
 * {@link io.tare.reconcile.attribution.Bookkeeping} cuts the mappings along them.
 */
@NullMarked
package io.tare.reconcile.attribution;

import org.jspecify.annotations.NullMarked;
