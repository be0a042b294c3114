/** Recordings, phases, trends and budgets: the ledger over time. */
@NullMarked
package io.tare.history;

import org.jspecify.annotations.NullMarked;
