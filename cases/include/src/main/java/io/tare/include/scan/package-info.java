/** Finds the tags of a page in a stream of bytes, however it is cut. Reading order: {@code TagScanner}, {@code TagParser}, {@code Needle}. */
@NullMarked
package io.tare.include.scan;

import org.jspecify.annotations.NullMarked;
