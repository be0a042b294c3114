/** A heap summary to text, JSON or one page of HTML. */
@NullMarked
package io.tare.report.heap;

import org.jspecify.annotations.NullMarked;
