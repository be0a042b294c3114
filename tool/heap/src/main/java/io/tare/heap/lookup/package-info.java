/**
 * Answers about one object ({@code ObjectLookup}) or the objects of one class ({@code ClassLookup}).
 */
@NullMarked
package io.tare.heap.lookup;

import org.jspecify.annotations.NullMarked;
