package io.tare.history.phases;

import io.tare.model.history.Weighing;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where one phase ends and the next begins.
 *
 * @param row the reading that belongs to it
 * @param ledger the ledger that belongs to it
 */
record Boundary(String label, long epochMillis, OptionalLong items, int row, Optional<Weighing> ledger) {}
