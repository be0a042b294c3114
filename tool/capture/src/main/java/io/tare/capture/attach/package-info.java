/**
 * Asking a HotSpot JVM to cooperate, safely. Read {@link io.tare.capture.attach.AttachSafety} first, then {@link io.tare.capture.attach.Asker}.
 */
@NullMarked
package io.tare.capture.attach;

import org.jspecify.annotations.NullMarked;
