/**
 * Two dumps compared: {@code HeapComparison} is the way in.
 */
@NullMarked
package io.tare.heap.compare;

import org.jspecify.annotations.NullMarked;
