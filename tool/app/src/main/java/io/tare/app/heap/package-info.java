/**
 * Commands on heap dumps: heap, heap diff, heap redact. {@link io.tare.app.heap.HeapOfProcess} has a running JVM write one.
 */
@NullMarked
package io.tare.app.heap;

import org.jspecify.annotations.NullMarked;
