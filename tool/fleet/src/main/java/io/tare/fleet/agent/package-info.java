/** {@code tare agent}: finds a node's processes, takes a ledger of each every minute under one budget, and writes them where the fleet's questions read them. */
@NullMarked
package io.tare.fleet.agent;

import org.jspecify.annotations.NullMarked;
