/**
 * A report as OpenMetrics text. Read {@link io.tare.report.openmetrics.LedgerMetrics} first.
 */
@NullMarked
package io.tare.report.openmetrics;

import org.jspecify.annotations.NullMarked;
