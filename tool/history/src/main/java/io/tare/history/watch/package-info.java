/**
 * What {@code tare watch} knows at a moment, and the rules by which it raises an alarm; pure. Read
 * {@link io.tare.history.watch.WatchState} first, then {@link io.tare.history.watch.AlertRule}.
 */
@NullMarked
package io.tare.history.watch;

import org.jspecify.annotations.NullMarked;
