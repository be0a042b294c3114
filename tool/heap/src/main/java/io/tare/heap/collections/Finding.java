package io.tare.heap.collections;

import io.tare.model.heap.HeapCollections.CollectionLine.Elsewhere;
import io.tare.model.heap.HeapCollections.CollectionLine.Places;
import io.tare.model.heap.HeapCollections.CollectionParts;

/**
 * One collection.
 *
 * @param isWhole whether all of it could be read, and fits together
 */
record Finding(long elements, Places places, Elsewhere elsewhere, CollectionParts parts, boolean isWhole) {}
