package io.tare.heap.answers;

import io.tare.heap.index.HeapClass;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Class loaders in words. */
final class LoaderNames {
  private final Map<Long, String> names = new HashMap<>();

  LoaderNames(HeapView view) {
    List<Long> ids = view.graph().index().classes().all().stream().map(HeapClass::loaderId).filter(id -> id != 0)
        .distinct().toList();
    Labels labels = new Labels(view.reader());
    labels.prefetch(ids);
    names.put(0L, "boot loader");
    for (long id : ids) {
      int node = view.node(id);
      String className = node == 0 ? "unknown loader" : view.classOf(node).name();
      String label = labels.of(id);
      names.put(id, className + (label.isEmpty() ? "" : " " + label) + " @ 0x" + Long.toHexString(id));
    }
  }

  String of(HeapClass heapClass) {
    return names.getOrDefault(heapClass.loaderId(), "unknown loader");
  }

  Map<Long, String> all() {
    return names;
  }
}
