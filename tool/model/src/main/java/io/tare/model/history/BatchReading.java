package io.tare.model.history;

import java.util.OptionalLong;

/**
 * A line of a log that tells of one batch: {@code Received batch 1000: size=1000 entries, est_bytes=137 KB}.
 *
 * @param number the batch's own number; lines are often written for every hundredth batch only
 */
public record BatchReading(long number, OptionalLong entries, OptionalLong bytes) {}
