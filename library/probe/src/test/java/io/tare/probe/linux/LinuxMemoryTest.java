package io.tare.probe.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.probe.metric.Metric;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LinuxMemoryTest {
  @Test
  void version1OfTheCgroupsAndStatusAreRead() {
    Map<Metric, Long> values = LinuxMemory.under(fixture("linux-6.18-cgroup-v1"));
    assertThat(values).containsEntry(Metric.RSS, 41984L * 1024).containsEntry(Metric.RSS_ANON, 12288L * 1024)
        .containsEntry(Metric.RSS_FILE, 29696L * 1024).containsEntry(Metric.RSS_SHARED, 0L)
        .containsEntry(Metric.SWAP, 128L * 1024).containsEntry(Metric.OS_THREADS, 14L)
        .containsEntry(Metric.CGROUP_USAGE, 734003200L);
    assertThat(values).as("no limit is no number").doesNotContainKey(Metric.CGROUP_LIMIT);
  }

  @Test
  void version2OfTheCgroupsIsReadFromTheGroupsOwnFolder() {
    assertThat(LinuxMemory.under(fixture("linux-6.8-cgroup-v2"))).containsEntry(Metric.CGROUP_USAGE, 104857600L)
        .containsEntry(Metric.CGROUP_LIMIT,
            536870912L);
  }

  @Test
  void aMachineWithoutProcTellsNothing() {
    assertThat(LinuxMemory.under(Path.of("/nonexistent"))).isEmpty();
  }

  static Path fixture(String name) {
    try {
      return Path.of(Objects.requireNonNull(LinuxMemoryTest.class.getResource("/fixtures/" + name + "/root")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
