/**
 * Cheap readings of a process, taken every second: a handful of small files that are kept open. Read
 * {@link io.tare.capture.sample.ProcessSampler} first.
 */
@NullMarked
package io.tare.capture.sample;

import org.jspecify.annotations.NullMarked;
