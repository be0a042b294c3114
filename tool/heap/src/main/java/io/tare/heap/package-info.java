/**
 * The heap-dump engine. {@link io.tare.heap.HeapAnalysis} is the way in. Reading order: {@code hprof} (bytes to records),
 * {@code index} (objects and classes by number), {@code graph} (references), {@code dominators}, {@code waste}, {@code answers},
 * and for single questions {@code lookup}, {@code query}, {@code compare}; {@code redact} copies a dump without its contents;
 * {@code store} has the arrays that they all use.
 */
@NullMarked
package io.tare.heap;

import org.jspecify.annotations.NullMarked;
