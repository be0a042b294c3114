/**
 * The HotSpot JVM. {@link io.tare.ledger.runtimes.hotspot.HotSpot} answers for it; {@code Jvm} is what it says of itself, {@code
 * HotSpotClaims} what it owns by address, {@code HeapSplit} what addresses can't tell, and the rules ask what that means.
 */
@NullMarked
package io.tare.ledger.runtimes.hotspot;

import org.jspecify.annotations.NullMarked;
