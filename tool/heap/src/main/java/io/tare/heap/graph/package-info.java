/** Who refers to whom: all edges of the dump, and what can be reached from the roots. */
@NullMarked
package io.tare.heap.graph;

import org.jspecify.annotations.NullMarked;
