/**
 * The only ways in to what a target controls: its files, and what lies below its root. A target may be hostile, and Tare may be root: a
 * path can be a pipe, a device, a link out of the target's root, another's file, or become one between looking and opening.
 *
 * <p>{@link io.tare.capture.door.TargetRoot} finds a file below the target's root, {@link io.tare.capture.door.ForeignFile} is one that was
 * looked at and found fit for reading. Plain files of the kernel, which a target can't exchange, need no door.
 */
@NullMarked
package io.tare.capture.door;

import org.jspecify.annotations.NullMarked;
