package io.tare.bench.heap;

import java.io.File;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import shark.CloseableHeapGraph;
import shark.HeapObject;
import shark.HprofHeapGraph;

/** The peer Shark: indexes the dump, then counts instances by class. */
public final class SharkHistogram {
  private SharkHistogram() {}

  public static void main(String[] args) throws Exception {
    try (CloseableHeapGraph graph = HprofHeapGraph.Companion.openHeapGraph(new File(args[0]), null,
        java.util.Set.of())) {
      Map<Long, Long> counts = new HashMap<>();
      for (Iterator<HeapObject> objects = graph.getObjects().iterator(); objects.hasNext();) {
        HeapObject object = objects.next();
        long type = object instanceof HeapObject.HeapInstance instance ? instance.getInstanceClassId() : 0;
        counts.merge(type, 1L, Long::sum);
      }
      System.out.println(counts.values().stream().mapToLong(Long::longValue).sum() + " objects");
    }
  }
}
