/**
 * A report for a terminal. Read {@link io.tare.report.text.TextReport} first; {@link io.tare.report.text.Page} is the paper.
 */
@NullMarked
package io.tare.report.text;

import org.jspecify.annotations.NullMarked;
