/** Heap dumps of a known size, and their analysis measured: by Tare, by other tools. {@code run.sh} puts it together. */
@NullMarked
package io.tare.bench.heap;

import org.jspecify.annotations.NullMarked;
