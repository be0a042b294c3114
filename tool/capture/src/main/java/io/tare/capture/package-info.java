/**
 * The only code that touches a live process or a capture file.
 */
@NullMarked
package io.tare.capture;

import org.jspecify.annotations.NullMarked;
