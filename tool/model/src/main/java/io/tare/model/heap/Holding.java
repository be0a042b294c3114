package io.tare.model.heap;

/**
 * Something that holds others in a way of its own: a class loader, the finalizer queue, a kind of soft reference.
 *
 * @param kind {@code class loader}, {@code finalizer queue}, {@code soft references}, {@code thread-local}
 * @param details what keeps it alive, or how many are waiting
 */
public record Holding(String kind, String name, long objects, long retainedBytes, String details) {}
