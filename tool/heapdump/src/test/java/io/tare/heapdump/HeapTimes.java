package io.tare.heapdump;

import io.tare.heapdump.dominators.DominatorTree;
import io.tare.heapdump.graph.*;
import io.tare.heapdump.hprof.*;
import io.tare.heapdump.index.*;
import io.tare.heapdump.store.Storage;
import java.nio.file.*;

public class HeapTimes {
  static long t0 = System.nanoTime(), c0;
  static void lap(String s) throws Exception {
    long c = ((com.sun.management.OperatingSystemMXBean) java.lang.management.ManagementFactory
        .getOperatingSystemMXBean()).getProcessCpuTime();
    String m = "";
    for (String l : Files.readAllLines(Path.of("/proc/self/status")))
      if (l.startsWith("VmHWM") || l.startsWith("VmRSS"))
        m += l.replaceAll("\\s+", " ") + "  ";
    System.out.printf("%-20s wall %.2f cpu %.2f  %s%n", s, (System.nanoTime() - t0) / 1e9, (c - c0) / 1e9, m);
    t0 = System.nanoTime();
    c0 = c;
  }
  public static void main(String[] a) throws Exception {
    ProblemLog log = new ProblemLog();
    try (Storage st = new Storage(Long.MAX_VALUE, Path.of("/tmp"));
        DumpFile f = DumpFile.open(Path.of(a[0]), Path.of("/tmp"), log)) {
      Outline o = OutlineReader.read(f, log);
      lap("outline");
      Passes p = new Passes(f, o.header().idBytes(), log, 2, x -> {});
      DumpIndex ix = DumpIndex.build(o, p, ReferenceStrength.USUAL, st);
      lap("index " + ix.objects().size() + " " + ix.layout());
      HeapGraph g = HeapGraph.build(ix, st);
      lap("graph " + g.edges().count() + " dangling " + g.danglingReferences() + " shapes " + g.shapes().count());
      Reach r = Reach.of(g, st);
      lap("reach " + r.count() + " shared " + r.shared().count());
      DominatorTree d = DominatorTree.of(g, r, st);
      lap("dominators " + d.retainedBytes(0));
      System.out.println(log.toList());
    }
  }
}
