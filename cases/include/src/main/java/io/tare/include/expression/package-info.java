/** The variables and conditions of pages. Reading order: {@code Variables}, {@code Condition}. */
@NullMarked
package io.tare.include.expression;

import org.jspecify.annotations.NullMarked;
