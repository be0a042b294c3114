/**
 * Bytes or text to records, one small package per format; no process, socket or clock.
 */
@NullMarked
package io.tare.formats;

import org.jspecify.annotations.NullMarked;
