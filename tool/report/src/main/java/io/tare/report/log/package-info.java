/**
 * What logs tell of memory.
 */
@NullMarked
package io.tare.report.log;

import org.jspecify.annotations.NullMarked;
