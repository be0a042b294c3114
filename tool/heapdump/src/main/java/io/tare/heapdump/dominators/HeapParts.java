package io.tare.heapdump.dominators;

import io.tare.heapdump.graph.HeapGraph;
import io.tare.heapdump.graph.Reach;
import io.tare.heapdump.store.Storage;

/** What the steps of this package work on. */
public record HeapParts(HeapGraph graph, Reach reach, Storage storage) {}
