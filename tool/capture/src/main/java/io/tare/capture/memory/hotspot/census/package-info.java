/**
 * The class histogram of a Java heap without asking for it: {@link io.tare.capture.memory.hotspot.census.HeapCensus} walks the parts,
 * {@code ObjectWalk} from object to object through one of them, {@code HeapWindow} brings the present pages.
 */
@NullMarked
package io.tare.capture.memory.hotspot.census;

import org.jspecify.annotations.NullMarked;
