package io.tare.cases.faults.self;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.function.Predicate;

/** The JVM's memory pools outside the heap. */
public final class Pools {
  private Pools() {}

  /** Used memory was written once, so it is resident; committed memory may be. */
  public record Bounds(long used, long committed) {
    Bounds plus(Bounds other) {
      return new Bounds(used + other.used, committed + other.committed);
    }

    Bounds minus(Bounds other) {
      return new Bounds(used - other.used, committed - other.committed);
    }
  }

  public static Bounds classSpace() {
    return sum(name -> name.equals("Compressed Class Space"));
  }

  /** All class metadata. */
  public static Bounds metaspace() {
    return sum(name -> name.equals("Metaspace"));
  }

  /** The pool named Metaspace counts the class space as well. */
  public static Bounds metaspaceOutsideClassSpace() {
    return metaspace().minus(classSpace());
  }

  /** One pool, or one for each segment. */
  public static Bounds code() {
    return sum(name -> name.startsWith("Code"));
  }

  private static Bounds sum(Predicate<String> wanted) {
    return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> wanted.test(pool.getName()))
        .map(MemoryPoolMXBean::getUsage).map(usage -> new Bounds(usage.getUsed(), usage.getCommitted()))
        .reduce(new Bounds(0, 0), Bounds::plus);
  }
}
