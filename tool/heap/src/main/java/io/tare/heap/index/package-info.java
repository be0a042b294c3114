/** From addresses to numbers: which objects there are, of which class, how large the VM made them. */
@NullMarked
package io.tare.heap.index;

import org.jspecify.annotations.NullMarked;
