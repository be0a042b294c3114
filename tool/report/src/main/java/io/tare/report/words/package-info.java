/**
 * Numbers and names as people read them. Read {@link io.tare.report.words.Units} and {@link io.tare.report.words.Clean} first.
 */
@NullMarked
package io.tare.report.words;

import org.jspecify.annotations.NullMarked;
