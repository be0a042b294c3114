/** Bytes that a program could have back: one more walk over the dump that looks at what the objects contain. */
@NullMarked
package io.tare.heap.waste;

import org.jspecify.annotations.NullMarked;
