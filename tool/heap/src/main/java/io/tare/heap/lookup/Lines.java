package io.tare.heap.lookup;

import io.tare.heap.answers.HeapView;
import io.tare.heap.answers.Labels;
import io.tare.model.heap.ObjectLine;

/** Objects on one line each. */
final class Lines {
  private Lines() {}

  static ObjectLine of(int node, HeapView view, Labels labels) {
    long address = view.address(node);
    long retained = view.reach().reached(node) ? view.retainedBytes(node) : 0;
    return new ObjectLine(address, view.classOf(node).name(), labels.of(address),
        view.graph().shapes().shallowBytes(node), retained);
  }
}
