package io.tare.cases.faults.self;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/** The garbage collector that this JVM runs. */
public enum Collector {
  G1("G1"), SERIAL("Serial"), PARALLEL("Parallel"), Z("Z"), SHENANDOAH("Shenandoah"), OTHER("other");

  private final String label;

  Collector(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  /** Counts memory by objects; the others count it by whole pages, or hold garbage that they already know of. */
  public boolean countsObjects() {
    return this == G1 || this == SERIAL || this == PARALLEL;
  }

  public static Collector current() {
    return ofBean(ManagementFactory.getGarbageCollectorMXBeans().get(0).getName());
  }

  /** All collections so far, of every generation. */
  public static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount).sum();
  }

  static Collector ofBean(String name) {
    if (name.startsWith("G1")) {
      return G1;
    }
    if (name.startsWith("PS")) {
      return PARALLEL;
    }
    if (name.startsWith("ZGC")) {
      return Z;
    }
    if (name.startsWith("Shenandoah")) {
      return SHENANDOAH;
    }
    return name.equals("Copy") || name.equals("MarkSweepCompact") ? SERIAL : OTHER;
  }
}
