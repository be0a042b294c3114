package io.tare.heap.redact;

/**
 * What stays.
 *
 * @param keepNumbers whether numbers in fields stay: sizes of collections, ports, ids
 */
public record RedactOptions(boolean keepNumbers) {}
