/**
 * Has a JVM write a heap dump, safely and privately. Reading order: {@code DumpEstimate} (what it will cost), {@code DumpPlace}
 * (where there is room), {@code DumpFolder} (private, removed at the end), {@code HeapDumper}.
 */
@NullMarked
package io.tare.capture.dump;

import org.jspecify.annotations.NullMarked;
