package io.tare.capture.dump;

/**
 * A dump, and what it really cost.
 *
 * @param millis from the order to the answer; all threads of the target stood still for at most this long
 * @param grownBytes by how much the target's RSS changed
 */
public record DumpTaken(long fileBytes, long millis, long grownBytes) {}
