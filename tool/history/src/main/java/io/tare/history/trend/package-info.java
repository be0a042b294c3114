/**
 * Whether a series of readings grows, by how much and how surely: robust, rank-based, blind to what it is that is counted. Read
 * {@link io.tare.history.trend.TrendJudge} first.
 */
@NullMarked
package io.tare.history.trend;

import org.jspecify.annotations.NullMarked;
