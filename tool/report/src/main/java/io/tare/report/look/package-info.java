/**
 * What all reports are set with. For a terminal: {@link io.tare.report.look.Page}, its lines, letters and styles. For programs:
 * {@link io.tare.report.look.JsonWriter}, {@link io.tare.report.look.MetricsWriter}. For browsers: {@link io.tare.report.look.Html} and its
 * frame. Numbers and names as people read them: {@link io.tare.report.look.Units}, {@link io.tare.report.look.Count},
 * {@link io.tare.report.look.Time}, {@link io.tare.report.look.Clean}.
 */
@NullMarked
package io.tare.report.look;

import org.jspecify.annotations.NullMarked;
