package io.tare.model.heap;

/**
 * One object on the way from a root.
 *
 * @param reference how the object before refers to it: {@code static CACHE}, {@code table}, {@code [17]}, {@code local variable in
 *     io.x.Worker.run}; for the first one what kind of root it is
 */
public record PathStep(String reference, long address, String className, String label) {}
