package io.tare.history.trend;

import io.tare.model.history.Direction;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a track does.
 *
 * @param slope of the time judged
 * @param fromSecond since when it was judged
 * @param first level at the start of the time judged, by the slope
 * @param last level at its end
 * @param sawtooth whether the floor of a sawtooth was judged
 * @param step the change of level that it was split at, if any
 * @param slowing whether it still rises, but slower and slower
 * @param needsSeconds how much more time would settle it; empty unless the direction is unknown
 */
public record Trend(Direction direction, Slope slope, double fromSecond, double first, double last, boolean sawtooth,
    Optional<Step> step, boolean slowing, OptionalDouble needsSeconds) {}
