package io.tare.probe.leftovers;

import io.tare.probe.MemoryStats;
import io.tare.probe.jvm.DiagnosticCommands;
import io.tare.probe.linux.LinuxMemory;
import io.tare.probe.metric.Metric;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Memory outside the heap that nobody counts by name: what malloc took and what was mapped anonymously. The JVM's native memory
 * tracking tells by category where it is on, but knows nothing of native libraries; the kernel knows all, but not whose it is.
 */
final class NativeMemory {
  static final String OF_THE_PROCESS = "native memory";
  static final String TRACKED = "native memory (NMT: ";
  private static final long STACK_BYTES = 1L << 20;
  /** {@code -                     Other (reserved=2102KB, committed=2102KB)} */
  private static final Pattern CATEGORY = Pattern
      .compile("-\\s+(Other|Internal|Unknown) \\(reserved=\\d{1,15}, committed=(\\d{1,15})\\)");

  private NativeMemory() {}

  /** Bytes by name; nothing where neither the kernel nor the JVM tells. */
  static Map<String, Long> now() {
    Map<String, Long> bytes = new TreeMap<>();
    ofTheProcess().ifPresent(value -> bytes.put(OF_THE_PROCESS, value));
    DiagnosticCommands.run("vmNativeMemory", "summary", "scale=B").map(NativeMemory::parse).ifPresent(bytes::putAll);
    return bytes;
  }

  static Map<String, Long> parse(String nmt) {
    Map<String, Long> bytes = new TreeMap<>();
    nmt.lines().forEach(line -> {
      Matcher category = CATEGORY.matcher(line);
      if (category.matches()) {
        bytes.put(TRACKED + category.group(1) + ")", Long.parseLong(category.group(2)));
      }
    });
    return bytes;
  }

  /** What the process may write to, without what the JVM itself accounts for: heap, metaspace, code, direct buffers, stacks. */
  private static OptionalLong ofTheProcess() {
    OptionalLong data = LinuxMemory.writableBytes();
    if (data.isEmpty()) {
      return data;
    }
    MemoryStats stats = MemoryStats.now();
    long accounted = stats.get(Metric.THREADS).orElse(0) * STACK_BYTES;
    for (Metric metric : new Metric[] {Metric.HEAP_COMMITTED, Metric.METASPACE_COMMITTED, Metric.CODE_CACHE_COMMITTED,
        Metric.DIRECT_BYTES}) {
      accounted += stats.get(metric).orElse(0);
    }
    return OptionalLong.of(data.getAsLong() - accounted);
  }
}
