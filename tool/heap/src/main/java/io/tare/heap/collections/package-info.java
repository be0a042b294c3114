/**
 * What the collections of a heap cost: {@code CollectionKinds} says where each class of the JDK keeps its parts, {@code StructureWalk} reads
 * those from the dump, {@code CollectionSplit} sorts one collection's bytes by part, {@code CollectionCosts} adds up all of them.
 */
@NullMarked
package io.tare.heap.collections;

import org.jspecify.annotations.NullMarked;
