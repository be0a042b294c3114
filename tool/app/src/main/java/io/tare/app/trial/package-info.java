/**
 * Commands that run a command again and again: {@code try} under variations ({@link io.tare.app.trial.TryCommand}), {@code scale} with
 * inputs of several sizes ({@link io.tare.app.trial.ScaleCommand}). One run is {@link io.tare.app.trial.VariantRun}; what has been run
 * stays in a {@link io.tare.app.trial.TrialFolder}, so an interrupted trial goes on.
 */
@NullMarked
package io.tare.app.trial;

import org.jspecify.annotations.NullMarked;
