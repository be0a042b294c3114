package io.tare.model.alloc;

import io.tare.model.AddressRange;

/**
 * A thread found by its control block in memory.
 *
 * @param live false for a stack that the C library keeps for the next thread
 * @param stack where its stack lies; for the main thread only the control block's pages
 */
public record NativeThread(long tid, boolean live, boolean main, AddressRange stack) {}
