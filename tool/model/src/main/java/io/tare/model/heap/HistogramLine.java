package io.tare.model.heap;

import java.util.OptionalLong;

/**
 * The objects of one class, package or class loader.
 *
 * @param retainedBytes what would be free without all of them; empty if it was not computed
 */
public record HistogramLine(String name, long objects, long shallowBytes, OptionalLong retainedBytes) {}
