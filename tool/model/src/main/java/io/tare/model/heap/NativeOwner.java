package io.tare.model.heap;

/**
 * Objects that own bytes outside the heap.
 *
 * @param kind {@code direct buffers}, {@code mapped files}, {@code arenas}, {@code mapped segments}, {@code inflaters and deflaters}, {@code thread stacks}
 * @param nativeBytes as the objects' own fields say; 0 if they don't say
 * @param details which of them, or what the number rests on
 */
public record NativeOwner(String kind, String className, long objects, long nativeBytes, String details) {}
