package io.tare.model.heap;

/**
 * Bytes that the program could have back without losing anything.
 *
 * @param kind {@code duplicate strings}, {@code empty collections} …
 * @param what of which class, or which text
 * @param objects how many are concerned
 * @param bytes what would be returned
 */
public record WasteLine(String kind, String what, long objects, long bytes) {}
