package io.tare.bench.heap;

import io.tare.heapdump.HeapAnalysis;
import io.tare.heapdump.HeapOptions;
import io.tare.heapdump.HeapProgress;
import io.tare.model.heap.HeapSummary;
import io.tare.report.Format;
import io.tare.report.TextOptions;
import io.tare.report.heap.HeapRenderers;
import java.nio.file.Files;
import java.nio.file.Path;

/** The whole analysis and its page: {@code TareFull DUMP OUT.html [MEMORY_MB]}. */
public final class TareFull {
  private TareFull() {}

  public static void main(String[] args) throws Exception {
    HeapOptions options = HeapOptions.usual();
    if (args.length > 2) {
      options = options.withMemory(Long.parseLong(args[2]) << 20);
    }
    HeapSummary summary = HeapAnalysis.analyse(Path.of(args[0]), options, HeapProgress.NONE);
    Files.writeString(Path.of(args[1]), HeapRenderers.render(summary, Format.HTML, TextOptions.plain(100)));
  }
}
