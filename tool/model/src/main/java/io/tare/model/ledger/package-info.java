/**
 * Accounts, entries and the ledger that refuses not to balance. Read {@link io.tare.model.ledger.Ledger} first.
 */
@NullMarked
package io.tare.model.ledger;

import org.jspecify.annotations.NullMarked;
