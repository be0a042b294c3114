package io.tare.heapdump;

import io.tare.model.heap.HeapSummary;
import java.nio.file.*;

/** Prints a summary and what each step took. */
public class HeapTimes {
  static long t0 = System.nanoTime(), c0;
  static String last = "start";
  static synchronized void lap(String s) {
    try {
      if (s.equals(last))
        return;
      long c = ((com.sun.management.OperatingSystemMXBean) java.lang.management.ManagementFactory
          .getOperatingSystemMXBean()).getProcessCpuTime();
      String m = "";
      for (String l : Files.readAllLines(Path.of("/proc/self/status")))
        if (l.startsWith("VmHWM") || l.startsWith("VmRSS") || l.startsWith("RssAnon"))
          m += l.replaceAll("\\s+", " ") + "  ";
      System.out.printf("%-24s wall %.2f cpu %.2f  %s%n", last, (System.nanoTime() - t0) / 1e9, (c - c0) / 1e9, m);
      t0 = System.nanoTime();
      c0 = c;
      last = s;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
  public static void main(String[] a) throws Exception {
    HeapOptions o = HeapOptions.usual();
    if (a.length > 1)
      o = o.withMemory(Long.parseLong(a[1]) << 20);
    HeapSummary s = HeapAnalysis.analyse(Path.of(a[0]), o, (step, d, t) -> lap(step));
    lap("done");
    System.out.println(s.reached() + " " + s.unreachable() + " " + s.dump());
    s.byClass().stream().limit(6).forEach(System.out::println);
    s.byPackage().stream().limit(3).forEach(System.out::println);
    s.byLoader().stream().limit(3).forEach(System.out::println);
    s.suspects().forEach(System.out::println);
    s.waste().stream().limit(12).forEach(System.out::println);
    s.holdings().stream().limit(5).forEach(System.out::println);
    s.nativeOwners().stream().limit(5).forEach(System.out::println);
    s.threads().stream().limit(2).forEach(System.out::println);
    System.out.println(s.problems());
  }
}
