/**
 * Captures of one process, taken one after the other, as a time line.
 */
@NullMarked
package io.tare.history.captures;

import org.jspecify.annotations.NullMarked;
