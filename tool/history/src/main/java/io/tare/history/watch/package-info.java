/**
 * What {@code tare watch} knows at a moment ({@link io.tare.history.watch.WatchState}), and the rules by which it raises an alarm
 * ({@link io.tare.history.watch.Alert}); pure.
 */
@NullMarked
package io.tare.history.watch;

import org.jspecify.annotations.NullMarked;
