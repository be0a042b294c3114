/**
 * What to set, and what to look after: {@link io.tare.history.advice.Sizing} makes sizes of recordings under load, {@link
 * io.tare.history.advice.Checks} answers a list for production from a reading or a recording.
 */
@NullMarked
package io.tare.history.advice;

import org.jspecify.annotations.NullMarked;
