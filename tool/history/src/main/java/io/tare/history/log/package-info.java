/**
 * Logs as time lines: collections ({@code GcSummary}), labelled readings ({@code LabelSummary}), native memory tracking. Read
 * {@link io.tare.history.log.LogReading} first.
 */
@NullMarked
package io.tare.history.log;

import org.jspecify.annotations.NullMarked;
