/**
 * What is to be shown, with no arithmetic left to do. Read {@link io.tare.model.report.Report} first.
 */
@NullMarked
package io.tare.model.report;

import org.jspecify.annotations.NullMarked;
