package io.tare.bench.patterns;

/**
 * One benchmark's result.
 *
 * @param cpuNanos CPU time per operation, the median of the iterations
 */
record Measured(String type, String method, String parameters, double cpuNanos, double allocatedBytes) {}
