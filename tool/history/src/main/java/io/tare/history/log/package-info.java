/**
 * Logs as time lines: collections, labelled readings, native memory tracking. Read {@link io.tare.history.log.LogReading} first.
 */
@NullMarked
package io.tare.history.log;

import org.jspecify.annotations.NullMarked;
