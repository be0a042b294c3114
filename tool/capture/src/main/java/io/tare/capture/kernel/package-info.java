/**
 * The few calls of the kernel for which the JDK has no method. {@code SystemCall} has their numbers and flags,
 * {@link io.tare.capture.kernel.LibC} makes them and says what went wrong.
 *
 * <p>Files are held by descriptors, for two purposes: {@link io.tare.capture.kernel.Descriptor} looks and reads with our own rights,
 * {@link io.tare.capture.kernel.HeldFolder} creates, lists and removes with those of another user ({@link io.tare.capture.kernel.AsUser}).
 * Both look paths up the same way, which never leads out of the folder held.
 */
@NullMarked
package io.tare.capture.kernel;

import org.jspecify.annotations.NullMarked;
