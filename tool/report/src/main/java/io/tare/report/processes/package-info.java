/**
 * Every process at a glance.
 */
@NullMarked
package io.tare.report.processes;

import org.jspecify.annotations.NullMarked;
