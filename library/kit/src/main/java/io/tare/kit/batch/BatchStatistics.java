package io.tare.kit.batch;

/**
 * How a {@link BatchReader} ran.
 *
 * @param batches batches read from the source
 * @param items items read from the source
 * @param readNanos time in the source: how long its transactions were open in all
 * @param longestReadNanos the longest of them
 * @param heldBackNanos time that reading waited for the consumer: back-pressure
 * @param starvedNanos time that the consumer waited for the source
 */
public record BatchStatistics(long batches, long items, long readNanos, long longestReadNanos, long heldBackNanos,
    long starvedNanos) {}
