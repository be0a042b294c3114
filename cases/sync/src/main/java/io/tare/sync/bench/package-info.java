/** Loads for the program: synthetic files, timed phases, the batch-size curve. Reading order: {@code SyntheticFiles}, {@code PhaseMeter}, {@code Bench}, {@code Tune}. */
@NullMarked
package io.tare.sync.bench;

import org.jspecify.annotations.NullMarked;
