/**
 * Big arrays outside the Java heap, in memory up to a budget and in temporary files beyond it. Start with {@code Storage}, then
 * {@code BigArrays}; sets, lists and maps stand on these.
 */
@NullMarked
package io.tare.heap.store;

import org.jspecify.annotations.NullMarked;
