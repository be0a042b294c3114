/** The labelled corpus: each fault makes one known memory situation and says its size. Reading order: {@code Faults}, {@code FaultTable}, {@code scene}, {@code self}, the situations; then what changes over time ({@code overtime}) and what leaks in the heap ({@code leaks}). */
@NullMarked
package io.tare.cases.faults;

import org.jspecify.annotations.NullMarked;
