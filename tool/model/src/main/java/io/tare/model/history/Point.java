package io.tare.model.history;

import java.time.Instant;

/** One reading of one series. */
public record Point(Instant at, double value) {}
