package io.tare.cases.faults.overtime;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;

/** What objects weigh in this JVM: its collector and its flags decide how long a reference and a header are. */
final class ObjectBytes {
  static final int MADE = 1000;
  static final double REFERENCE = Math.rint(of(() -> new Object[256]) / 256);

  private ObjectBytes() {}

  /** Of what making one takes, by the JVM's own count. */
  static double of(Supplier<?> maker) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Object[] made = new Object[MADE];
    // The first one brings its classes along, and so does counting: only the second count tells.
    double bytes = 0;
    for (int count = 0; count < 2; count++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < MADE; i++) {
        made[i] = maker.get();
      }
      bytes = (double) (threads.getCurrentThreadAllocatedBytes() - before) / MADE;
    }
    return bytes;
  }
}
