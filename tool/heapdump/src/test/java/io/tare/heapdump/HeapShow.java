package io.tare.heapdump;
public class HeapShow {
  public static void main(String[] a) throws Exception {
    var s = HeapAnalysis.analyse(java.nio.file.Path.of(a[0]), HeapOptions.usual(), HeapProgress.NONE);
    System.out.print(io.tare.report.heap.HeapRenderers.render(s, io.tare.report.Format.byName(a[1]).orElseThrow(),
        io.tare.report.TextOptions.plain(80)));
  }
}
