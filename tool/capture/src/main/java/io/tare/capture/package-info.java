/**
 * The only code that touches a live process or a capture file. Read {@link io.tare.capture.Capturer} first: it names every
 * step of a reading in its order.
 */
@NullMarked
package io.tare.capture;

import org.jspecify.annotations.NullMarked;
