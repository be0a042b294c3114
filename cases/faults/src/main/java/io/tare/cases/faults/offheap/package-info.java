/** Situations of malloc and of buffers outside the heap. */
@NullMarked
package io.tare.cases.faults.offheap;

import org.jspecify.annotations.NullMarked;
