/**
 * From the graph to what people ask. {@code HeapView} has all that answers are made of; {@code ObjectReader}, {@code Labels} and
 * {@code RootPaths} read single objects and put them into words; {@code Summariser} puts the answers together: {@code Histogram},
 * {@code DominatorForest}, {@code Suspects}, {@code Threads}, {@code Holdings}, {@code NativeOwners}.
 */
@NullMarked
package io.tare.heap.answers;

import org.jspecify.annotations.NullMarked;
