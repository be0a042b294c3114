/** Sizes and the list for production, as text and JSON. */
@NullMarked
package io.tare.report.advice;

import org.jspecify.annotations.NullMarked;
