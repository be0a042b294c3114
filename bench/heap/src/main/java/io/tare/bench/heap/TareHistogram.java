package io.tare.bench.heap;

import io.tare.heapdump.HeapAnalysis;
import io.tare.heapdump.HeapOptions;
import io.tare.heapdump.HeapProgress;
import java.nio.file.Path;

/** The histogram alone: {@code TareHistogram DUMP}. */
public final class TareHistogram {
  private TareHistogram() {}

  public static void main(String[] args) throws Exception {
    HeapAnalysis.histogram(Path.of(args[0]), HeapOptions.usual(), HeapProgress.NONE).lines().stream().limit(5)
        .forEach(line -> System.out.println(line.objects() + " " + line.shallowBytes() + " " + line.name()));
  }
}
