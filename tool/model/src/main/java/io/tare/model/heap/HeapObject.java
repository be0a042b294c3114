package io.tare.model.heap;

import io.tare.model.heap.HeapCollections.CollectionLine;
import java.util.List;
import java.util.Optional;

/**
 * Everything about one object.
 *
 * @param reachable whether a root reaches it; if none does, it has no path, no dominators, and retains nothing
 * @param fieldsLeftOut elements of a long array that are not listed
 * @param path from a root to the object, a shortest one
 * @param dominators who alone holds it: the nearest first; empty if only the roots together do
 * @param holds what it alone holds directly: big objects, and small ones by class
 * @param collection what it costs, if it is a collection that a root reaches
 */
public record HeapObject(
    ObjectLine object,
    boolean reachable,
    List<HeapField> fields,
    long fieldsLeftOut,
    List<Referrer> referrers,
    long referrersLeftOut,
    List<PathStep> path,
    List<ObjectLine> dominators,
    List<DominatorNode> holds,
    Optional<CollectionLine> collection) {
  public HeapObject {
    fields = List.copyOf(fields);
    referrers = List.copyOf(referrers);
    path = List.copyOf(path);
    dominators = List.copyOf(dominators);
    holds = List.copyOf(holds);
  }
}
