package io.tare.model.heap;

/** How many objects, and what the VM takes for them. */
public record ObjectTotals(long objects, long shallowBytes) {}
