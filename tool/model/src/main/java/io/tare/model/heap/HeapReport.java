package io.tare.model.heap;

import java.util.Optional;

/**
 * Everything that is to be shown of one dump.
 *
 * @param cost empty if the dump was there already
 * @param bridge empty if there is no ledger of the same process
 */
public record HeapReport(HeapSummary summary, Optional<DumpCost> cost, Optional<NativeBridge> bridge) {}
