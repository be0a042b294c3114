/** When a full ledger is worth its price, and how endings are put into words; no process is touched here. */
@NullMarked
package io.tare.history.sampling;

import org.jspecify.annotations.NullMarked;
