/**
 * What moved between two weighings, and whether a budget was kept.
 */
@NullMarked
package io.tare.report.difference;

import org.jspecify.annotations.NullMarked;
