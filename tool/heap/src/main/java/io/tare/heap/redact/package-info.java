/**
 * Copies a dump without its contents: {@code Redactor} is the way in.
 */
@NullMarked
package io.tare.heap.redact;

import org.jspecify.annotations.NullMarked;
