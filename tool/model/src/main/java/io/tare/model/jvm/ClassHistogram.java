package io.tare.model.jvm;

import java.util.List;

/**
 * How many objects of which class a walk of the heap counted, the heaviest first.
 *
 * @param instances over all classes, as the JVM sums them up
 * @param bytes over all classes, as the JVM sums them up
 */
public record ClassHistogram(List<Line> lines, long instances, long bytes) {
  public ClassHistogram {
    lines = List.copyOf(lines);
  }

  /** One class, by the JVM's own name for it: {@code [B} is an array of bytes. */
  public record Line(String className, long instances, long bytes) {}
}
