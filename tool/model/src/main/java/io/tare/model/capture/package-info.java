/**
 * The immutable bundle of raw artefacts that a reading took. Read {@link io.tare.model.capture.Capture} first.
 */
@NullMarked
package io.tare.model.capture;

import org.jspecify.annotations.NullMarked;
