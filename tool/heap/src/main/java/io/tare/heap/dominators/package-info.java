/**
 * Who holds whom: dominators, retained bytes, and the exact retained bytes of every class. Reading order: {@code DominatorTree} (the way
 * in), {@code Contraction} (the graph without what is easy), {@code SemiNca} (dominators of the rest), {@code GroupRetained} (bytes of
 * classes, packages and loaders).
 */
@NullMarked
package io.tare.heap.dominators;

import org.jspecify.annotations.NullMarked;
