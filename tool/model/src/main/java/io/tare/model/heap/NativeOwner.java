package io.tare.model.heap;

/**
 * Objects that own bytes outside the heap.
 *
 * @param kind {@code direct buffers}, {@code mapped files}, {@code arenas}, {@code mapped segments}, {@code inflaters and deflaters}, {@code thread stacks};
 *     {@code … by holder} for the part of a kind that one place holds
 * @param nativeBytes as the objects' own fields say; 0 if they don't say
 * @param details which of them, what the number rests on, or which place it is
 */
public record NativeOwner(String kind, String className, long objects, long nativeBytes, String details) {}
