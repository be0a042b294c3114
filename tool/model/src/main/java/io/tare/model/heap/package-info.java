/** What a heap dump says, ready to be shown. Start with {@link io.tare.model.heap.HeapSummary}. */
@NullMarked
package io.tare.model.heap;

import org.jspecify.annotations.NullMarked;
