package io.tare.sync.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.probe.MemoryStats;
import io.tare.probe.metric.Metric;
import io.tare.sync.bench.SyntheticFiles;
import io.tare.sync.run.StateCount;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedPagesTest {
  @TempDir
  Path directory;

  @Test
  void pagesThatAreGivenBackLeaveTheRssAndNothingIsLost() throws IOException {
    StateOptions options = new StateOptions(1L << 30, Durability.EVERY_PHASE);
    try (StateCache cache = StateCache.open(directory.resolve("pages.state"), options)) {
      SyntheticFiles.fill(cache, 100_000);
      StateCount before = StateCount.of(cache);
      long resident = fileBytes();
      assertThat(cache.releaseMappedPages()).isTrue();
      assertThat(resident - fileBytes()).isGreaterThan(cache.size().treeBytes() / 2);
      assertThat(StateCount.of(cache)).isEqualTo(before);
    }
  }

  private static long fileBytes() {
    return MemoryStats.withRss().get(Metric.RSS_FILE).orElseThrow();
  }
}
