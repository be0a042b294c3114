/** Situations of the Java heap. */
@NullMarked
package io.tare.cases.faults.heap;

import org.jspecify.annotations.NullMarked;
