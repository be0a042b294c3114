package io.tare.model.heap;

import io.tare.model.Problem;
import java.util.List;

/**
 * What the collections of a heap cost, by class, the biggest first.
 *
 * @param asked the name or pattern of the classes; empty for all
 * @param shallowBytes of the whole live heap
 */
public record HeapCollections(String asked, long shallowBytes, List<CollectionLine> lines, List<Problem> problems) {
  public HeapCollections {
    lines = List.copyOf(lines);
    problems = List.copyOf(problems);
  }
}
