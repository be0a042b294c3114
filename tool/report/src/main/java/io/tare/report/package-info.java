/**
 * A report to text, JSON or HTML; no arithmetic.
 */
@NullMarked
package io.tare.report;

import org.jspecify.annotations.NullMarked;
