/** Work for trackers: an append, an update and a commit loop for each instance, and the ways to leave something behind. Reading order: {@code Fleet}, {@code Round}, {@code Leak}. */
@NullMarked
package io.tare.offsets.round;

import org.jspecify.annotations.NullMarked;
