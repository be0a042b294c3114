/**
 * {@code tare fleet}: agents write files, engines read them. {@code schema} says what a row is, {@code agent} and {@code store} write files, {@code bucket} carries them,
 * {@code ask} has the questions, {@code simulate} makes data whose truth is known.
 */
@NullMarked
package io.tare.fleet;

import org.jspecify.annotations.NullMarked;
