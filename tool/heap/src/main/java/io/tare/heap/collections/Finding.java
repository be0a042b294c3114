package io.tare.heap.collections;

import io.tare.model.heap.CollectionLine.Elsewhere;
import io.tare.model.heap.CollectionLine.Places;
import io.tare.model.heap.CollectionParts;

/**
 * One collection.
 *
 * @param isWhole whether all of it could be read, and fits together
 */
record Finding(long elements, Places places, Elsewhere elsewhere, CollectionParts parts, boolean isWhole) {}
