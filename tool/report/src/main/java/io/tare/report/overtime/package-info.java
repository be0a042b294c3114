/**
 * The renderers of what is known over time, in one list.
 */
@NullMarked
package io.tare.report.overtime;

import org.jspecify.annotations.NullMarked;
