package io.tare.heap.dominators;

import io.tare.heap.graph.HeapGraph;
import io.tare.heap.graph.Reach;
import io.tare.heap.store.Storage;

/** What the steps of this package work on. */
public record HeapParts(HeapGraph graph, Reach reach, Storage storage) {}
