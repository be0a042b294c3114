/**
 * Commands that are started to be measured: their exit code and what they used, as the kernel counts it for a parent. Read
 * {@link io.tare.capture.start.CommandStart} first.
 */
@NullMarked
package io.tare.capture.start;

import org.jspecify.annotations.NullMarked;
