package io.tare.probe.jvm;

import java.lang.management.ManagementFactory;

/** The full GC that a histogram and a heap dump of living objects begin with. */
public final class FullGc {
  /** ZGC and Shenandoah leave out the GC that is promised, and count what is only weakly reachable. */
  private static final boolean ASKING_RUNS_NONE = ManagementFactory.getGarbageCollectorMXBeans().stream()
      .anyMatch(collector -> collector.getName().startsWith("ZGC") || collector.getName().startsWith("Shenandoah"));

  private FullGc() {}

  /** To be called before the JVM is asked for what lives; runs one only where asking runs none. */
  public static void beforeAsking() {
    if (ASKING_RUNS_NONE) {
      System.gc();
    }
  }
}
