/**
 * Commands that look at a time: record, run, watch, mark, log, and what compares and judges: diff, check.
 */
@NullMarked
package io.tare.app.time;

import org.jspecify.annotations.NullMarked;
