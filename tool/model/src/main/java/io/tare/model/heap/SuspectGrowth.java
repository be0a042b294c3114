package io.tare.model.heap;

/**
 * A place where much of the heap hangs, in two dumps.
 *
 * @param retainedBytes 0 in a dump where it is no suspect, though something may hang there
 */
public record SuspectGrowth(String holder, String piledUpClass, Growth piledUpObjects, Growth retainedBytes) {}
