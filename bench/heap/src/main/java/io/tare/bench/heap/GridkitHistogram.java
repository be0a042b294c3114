package io.tare.bench.heap;

import java.io.File;
import java.util.HashMap;
import java.util.Map;
import org.netbeans.lib.profiler.heap.Heap;
import org.netbeans.lib.profiler.heap.HeapFactory;
import org.netbeans.lib.profiler.heap.Instance;

/** The peer gridkit hprof-heap: counts instances by class. */
public final class GridkitHistogram {
  private GridkitHistogram() {}

  public static void main(String[] args) throws Exception {
    Heap heap = HeapFactory.createFastHeap(new File(args[0]));
    Map<String, Long> counts = new HashMap<>();
    for (Instance instance : heap.getAllInstances()) {
      counts.merge(instance.getJavaClass().getName(), 1L, Long::sum);
    }
    System.out.println(counts.values().stream().mapToLong(Long::longValue).sum() + " instances");
  }
}
