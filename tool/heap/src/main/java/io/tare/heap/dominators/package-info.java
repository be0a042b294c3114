/** Who holds whom: dominators, retained bytes, and the exact retained bytes of every class. */
@NullMarked
package io.tare.heap.dominators;

import org.jspecify.annotations.NullMarked;
