package io.tare.cases.faults.table;

import io.tare.cases.faults.self.UsedHeap;
import java.util.ArrayList;
import java.util.List;

/** The flags that a situation wants, which depend on its size. */
@FunctionalInterface
public interface JvmFlags {
  List<String> of(long sizeBytes);

  /** A heap of up to this many times the size, and some room. */
  static JvmFlags heapUpTo(int times) {
    return size -> List.of("-Xmx" + megabytes(size * times));
  }

  /** No thread takes more of the heap than its objects need, so that what is used is known to the byte. */
  default JvmFlags exact() {
    return and(UsedHeap.WITHOUT_THREAD_BUFFERS);
  }

  /** A heap of just this many times the size, so that the collector gives nothing back. */
  static JvmFlags heapOf(int times) {
    return size -> List.of("-Xms" + megabytes(size * times), "-Xmx" + megabytes(size * times));
  }

  default JvmFlags and(String... more) {
    return size -> {
      List<String> flags = new ArrayList<>(of(size));
      flags.addAll(List.of(more));
      return List.copyOf(flags);
    };
  }

  private static String megabytes(long bytes) {
    return (bytes >> 20) + 64 + "m";
  }
}
