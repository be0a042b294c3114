/**
 * Whether a process leaks, and what went back after a load.
 */
@NullMarked
package io.tare.report.verdict;

import org.jspecify.annotations.NullMarked;
