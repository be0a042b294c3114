package io.tare.probe.linux;

import io.tare.probe.metric.Metric;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/** Reads {@code /proc/PID/status}, whose lines look like {@code RssAnon:	   54320 kB} (Linux 4.5 and later). */
final class ProcStatus {
  private static final Map<String, Metric> FIELDS = Map.of("VmRSS", Metric.RSS, "RssAnon", Metric.RSS_ANON, "RssFile",
      Metric.RSS_FILE,
      "RssShmem", Metric.RSS_SHARED, "VmSwap", Metric.SWAP);
  private static final String THREADS = "Threads:";
  private static final String KILOBYTES = " kB";

  private ProcStatus() {}

  static Map<Metric, Long> parse(String status) {
    Map<Metric, Long> values = new EnumMap<>(Metric.class);
    status.lines().forEach(line -> {
      int colon = line.indexOf(':');
      Metric metric = colon < 0 ? null : FIELDS.get(line.substring(0, colon));
      if (metric != null && line.endsWith(KILOBYTES)) {
        Numbers.parse(line.substring(colon + 1, line.length() - KILOBYTES.length()))
            .ifPresent(kilobytes -> values.put(metric, kilobytes * 1024));
      } else if (line.startsWith(THREADS)) {
        Numbers.parse(line.substring(THREADS.length())).ifPresent(count -> values.put(Metric.OS_THREADS, count));
      }
    });
    return values;
  }

  /** {@code VmData:	  123456 kB}. */
  static OptionalLong writableBytes(String status) {
    return status.lines().filter(line -> line.startsWith("VmData:") && line.endsWith(KILOBYTES)).findFirst()
        .map(line -> Numbers.parse(line.substring(7, line.length() - KILOBYTES.length()))).orElse(OptionalLong.empty())
        .stream()
        .map(kilobytes -> kilobytes * 1024).findFirst();
  }
}
