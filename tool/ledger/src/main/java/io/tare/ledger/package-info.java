/**
 * A capture in, a report out; pure. {@link io.tare.ledger.Explanation} is the way in and reads top to bottom: {@code EvidenceReader}
 * parses, {@code Reconciler} makes the ledger (claims, then what nobody claims, then splits), {@code ScalesBuilder} and {@code
 * NetFigure} weigh it, the rules judge. Whatever is particular to one runtime stands in its folder below {@code runtimes}, behind
 * {@link io.tare.ledger.runtimes.KnownRuntime}; {@code KnownRuntimes} lists them.
 */
@NullMarked
package io.tare.ledger;

import org.jspecify.annotations.NullMarked;
