/**
 * The few calls of the kernel for which the JDK has no method. Read {@link io.tare.capture.kernel.LibC} first.
 */
@NullMarked
package io.tare.capture.kernel;

import org.jspecify.annotations.NullMarked;
