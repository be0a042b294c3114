package io.tare.cases.faults.self;

import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * What objects take of the heap, live or dead.
 *
 * @param allTouched every used byte was written, so that it is resident
 */
public record UsedHeap(long usedBytes, boolean allTouched) {
  /** With this flag, each object is cut from the heap by itself. */
  public static final String WITHOUT_THREAD_BUFFERS = "-XX:-UseTLAB";

  /** With this flag, the JVM touches all of the heap before it starts. */
  public static final String TOUCHED_BEFORE = "-XX:+AlwaysPreTouch";

  /** Without such a flag, the end of a thread's buffer is used, but not resident. */
  public static boolean isAllTouched() {
    List<String> flags = ManagementFactory.getRuntimeMXBean().getInputArguments();
    return flags.contains(WITHOUT_THREAD_BUFFERS) || flags.contains(TOUCHED_BEFORE);
  }

  /**
   * Asks the collector itself: the memory bean of G1 repeats the figure of its last collection. Between its two answers the heap may be
   * made larger or smaller, and the difference would be nobody's.
   */
  public static long bytes() {
    Runtime runtime = Runtime.getRuntime();
    long total = runtime.totalMemory();
    long free = runtime.freeMemory();
    while (runtime.totalMemory() != total) {
      total = runtime.totalMemory();
      free = runtime.freeMemory();
    }
    return total - free;
  }

  /** What is used after a full collection. */
  public static long bytesAfterCollection() {
    System.gc();
    System.gc();
    return bytes();
  }
}
