/**
 * Asking a HotSpot JVM to cooperate, safely. {@link io.tare.capture.attach.Ask} lists the questions and what they cost. Read
 * {@code AttachSafety} (whether it may be asked), {@link io.tare.capture.attach.Attachment} (how it is made to listen),
 * {@link io.tare.capture.attach.HotSpotSocket} (how it answers), then {@link io.tare.capture.attach.Asker}.
 */
@NullMarked
package io.tare.capture.attach;

import org.jspecify.annotations.NullMarked;
