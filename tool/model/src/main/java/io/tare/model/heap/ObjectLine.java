package io.tare.model.heap;

/**
 * One object on one line.
 *
 * @param label what tells it from others of its class; may be empty
 * @param retainedBytes 0 for what no root reaches
 */
public record ObjectLine(long address, String className, String label, long shallowBytes, long retainedBytes) {}
