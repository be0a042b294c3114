/**
 * Who refers to whom, and what can be reached from the roots. Reading order: {@code HeapGraph} (one walk writes all references down),
 * {@code Edges} (where they stand), {@code Reach} (breadth first from the roots), {@code Sweep} (steps over what was reached).
 */
@NullMarked
package io.tare.heap.graph;

import org.jspecify.annotations.NullMarked;
