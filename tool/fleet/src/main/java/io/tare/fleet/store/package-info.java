/**
 * The fleet's folder. {@code inbox/TABLE/day=…} holds what comes in, {@code TABLE/day=…} what is closed: sorted, in few files;
 * {@code ledger_hour} the roll-ups. {@link io.tare.fleet.store.FleetFolder} knows which files count, {@link io.tare.fleet.store.Import} fills the
 * inbox, {@link io.tare.fleet.store.Compaction} closes days.
 */
@NullMarked
package io.tare.fleet.store;

import org.jspecify.annotations.NullMarked;
