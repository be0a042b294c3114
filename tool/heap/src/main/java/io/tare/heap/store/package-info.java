/** Big arrays outside the Java heap, in memory up to a budget and in temporary files beyond it. Start with {@link io.tare.heap.store.Storage}. */
@NullMarked
package io.tare.heap.store;

import org.jspecify.annotations.NullMarked;
