/**
 * Trials: a command under variations ({@link io.tare.trial.Variation}, {@link io.tare.trial.Launch}), the order of its runs
 * ({@link io.tare.trial.Turns}), who is better and what is noise ({@link io.tare.trial.Comparison}), and how figures grow with the size
 * of the input ({@link io.tare.trial.GrowthFit}). Pure: nothing here starts a process.
 */
@NullMarked
package io.tare.trial;

import org.jspecify.annotations.NullMarked;
