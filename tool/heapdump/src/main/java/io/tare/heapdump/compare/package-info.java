/**
 * Two dumps compared: {@code HeapComparison} is the way in.
 */
@NullMarked
package io.tare.heapdump.compare;

import org.jspecify.annotations.NullMarked;
