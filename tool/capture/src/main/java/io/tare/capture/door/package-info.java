/**
 * The only ways in to what others control, and out to the file system. Tare may be root, and a path can be a pipe, a device, a link, another's
 * file, or become one between looking and opening.
 *
 * <p>In: {@link io.tare.capture.door.TargetRoot} finds a file below a target's root, {@link io.tare.capture.door.ForeignFile} is one that was
 * looked at and found fit for reading. Plain files of the kernel, which a target can't exchange, need no door.
 *
 * <p>Out: {@link io.tare.capture.door.NewFile} for whole files, {@link io.tare.capture.door.NamedTarget} for what a user named (a pipe and a
 * device too), {@link io.tare.capture.door.OwnFile} for a file that is gone on with, and {@link io.tare.capture.door.OwnFolder} for a private
 * folder. A name that somebody else can change is never followed.
 */
@NullMarked
package io.tare.capture.door;

import org.jspecify.annotations.NullMarked;
