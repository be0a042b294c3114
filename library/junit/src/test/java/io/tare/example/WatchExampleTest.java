package io.tare.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.probe.GcSummary;
import io.tare.probe.GcWatch;
import io.tare.probe.allocation.Profile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchExampleTest {
  private static volatile Object sink;

  private static void serve() {
    for (int i = 0; i < 1000; i++) {
      sink = new byte[100_000];
    }
  }

  @Test
  void watch() {
    // [watch]
    try (GcWatch watch = GcWatch.start()) {
      watch.onPauseOver(Duration.ofMillis(200), gc -> System.out.println("long pause: " + gc));
      serve();
      GcSummary summary = watch.summary();
      System.out.println(summary); // GC good: 12 pauses, 31 ms in all, longest 4 ms, 1.30 % of the time, …
    }
    // [end]
    assertThat(sink).isNotNull();
  }

  @Test
  void profile(@TempDir Path folder) throws IOException {
    // [profile]
    Profile.heap(folder.resolve("heap.hprof"));
    Profile.allocations(folder.resolve("allocations.jfr"), () -> serve());
    Profile.cpu(folder.resolve("cpu.jfr"), () -> serve());
    // [end]
    assertThat(folder.resolve("heap.hprof")).isNotEmptyFile();
    assertThat(folder.resolve("allocations.jfr")).isNotEmptyFile();
    assertThat(folder.resolve("cpu.jfr")).isNotEmptyFile();
  }
}
