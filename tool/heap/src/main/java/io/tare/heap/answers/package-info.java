/** From the graph to what people ask: histogram, dominator tree, suspects, paths in words, waste, threads, class loaders. */
@NullMarked
package io.tare.heap.answers;

import org.jspecify.annotations.NullMarked;
