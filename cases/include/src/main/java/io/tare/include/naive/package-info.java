/** The naive variant: whole pages as strings, regular expressions, a map that only grows. */
@NullMarked
package io.tare.include.naive;

import org.jspecify.annotations.NullMarked;
