/**
 * Answers about one object ({@code ObjectLookup}) or the objects of one class ({@code ClassLookup}, whose ways from the roots
 * {@code PathMerge} merges).
 */
@NullMarked
package io.tare.heap.lookup;

import org.jspecify.annotations.NullMarked;
