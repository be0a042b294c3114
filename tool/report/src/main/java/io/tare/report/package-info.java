/**
 * A report to text, JSON, HTML or OpenMetrics; no arithmetic. Read {@link io.tare.report.Renderers} first.
 */
@NullMarked
package io.tare.report;

import org.jspecify.annotations.NullMarked;
