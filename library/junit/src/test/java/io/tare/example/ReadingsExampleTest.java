package io.tare.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.probe.MemoryChange;
import io.tare.probe.MemoryStats;
import io.tare.probe.MemstatsLine;
import io.tare.probe.metric.Metric;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadingsExampleTest {
  @Test
  void readings() {
    List<byte[]> batch = new ArrayList<>();
    // [readings]
    MemoryStats before = MemoryStats.now();
    for (int i = 0; i < 100; i++) {
      batch.add(new byte[10_000]);
    }
    MemoryChange change = MemoryStats.now().minus(before);

    long allocated = change.get(Metric.THREAD_ALLOCATED).orElseThrow(); // a little more than 1,000,000
    System.out.println(change); // Alloc=+1048576B HeapIdle=-1048576B ThreadAlloc=+1002512B …
    // [end]
    assertThat(allocated).isBetween(1_000_000L, 1_100_000L);
    assertThat(change.toString()).contains("ThreadAlloc=+1");
  }

  @Test
  void line() {
    // [line]
    MemoryStats now = MemoryStats.withRss();
    String line = now.line("AFTER_GC"); // [MEMSTATS:AFTER_GC] Alloc=42MB TotalAlloc=1730MB Sys=96MB …
    long rss = MemstatsLine.parse(now.exactLine("AFTER_GC")).orElseThrow().get(Metric.RSS).orElse(0);
    // [end]
    assertThat(line).startsWith("[MEMSTATS:AFTER_GC] Alloc=");
    assertThat(rss).isEqualTo(now.get(Metric.RSS).orElse(0));
  }
}
