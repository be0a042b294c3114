package io.tare.model.heap;

/**
 * What taking a dump cost the process.
 *
 * @param millis for at most so long all its threads stood still
 * @param grownBytes by how much its RSS changed
 * @param liveOnly whether a full collection was run first
 */
public record DumpCost(long pid, long millis, long fileBytes, long grownBytes, boolean liveOnly) {}
