package io.tare.capture.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.cgroup.OwnGroup;
import io.tare.capture.proc.ProcessFolder;
import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Cheap readings of live processes. */
class ProcessSamplerTest {
  private static ProcessFolder live(long pid) {
    return new ProcessFolder(ProcessFolder.LIVE_ROOT, pid);
  }

  @Test
  void thisProcessIsReadWithItsHeap() throws Exception {
    ProcessFolder self = live(ProcessHandle.current().pid());
    try (ProcessSampler sampler = ProcessSampler.open(self, OwnGroup.of(self, Path.of("/"))).orElseThrow()) {
      Sample first = sampler.sample(1).orElseThrow();
      System.gc();
      Sample second = sampler.sample(2).orElseThrow();
      assertThat(first.raw(SampleColumn.RSS)).isBetween(10L << 20, 64L << 30);
      assertThat(
          first.raw(SampleColumn.RSS_ANON) + first.raw(SampleColumn.RSS_FILE) + first.raw(SampleColumn.RSS_SHARED))
          .isCloseTo(first.raw(SampleColumn.RSS), org.assertj.core.data.Offset.offset(1L << 20));
      assertThat(first.has(SampleColumn.HEAP_FLOOR)).as("no collection seen yet").isFalse();
      assertThat(second.raw(SampleColumn.GC_RUNS)).isGreaterThan(first.raw(SampleColumn.GC_RUNS));
      assertThat(second.raw(SampleColumn.HEAP_FLOOR)).isBetween(1L << 18, second.raw(SampleColumn.HEAP_COMMITTED));
      assertThat(second.raw(SampleColumn.CLASSES)).isGreaterThan(300);
      assertThat(second.raw(SampleColumn.CPU_NANOS)).isPositive();
    }
  }

  @Test
  void aProcessThatHasEndedGivesNoReadingAndAnotherOfItsPidIsNotMistakenForIt() throws Exception {
    Process target = new ProcessBuilder("sleep", "30").start();
    ProcessFolder folder = live(target.pid());
    try (ProcessSampler sampler = ProcessSampler.open(folder, Optional.empty()).orElseThrow()) {
      assertThat(sampler.sample(1)).isPresent();
      target.destroyForcibly().waitFor();
      assertThat(sampler.sample(2)).isEmpty();
      assertThat(sampler.sample(3)).isEmpty();
    }
  }

  @Test
  void sharedPagesAreReadWhenAskedForAndThenOnlyWhenRssHasMovedOrTenSecondsHavePassed() throws Exception {
    Process target = new ProcessBuilder("cat").start();
    // What has answered has begun, and its pages have come.
    target.outputWriter().append("\n").flush();
    assertThat(target.inputReader().readLine()).isEmpty();
    try (ProcessSampler sampler = ProcessSampler.open(live(target.pid()), Optional.empty()).orElseThrow()) {
      assertThat(sampler.sample(1).orElseThrow().has(SampleColumn.PSS)).isFalse();
      sampler.readShared();
      sampler.sample(20_000);
      assertThat(sampler.sample(29_999).orElseThrow().has(SampleColumn.PSS)).isFalse();
      Sample later = sampler.sample(30_000).orElseThrow();
      assertThat(later.raw(SampleColumn.PSS)).isBetween(1L, later.raw(SampleColumn.RSS));
    } finally {
      target.destroyForcibly();
    }
  }

  @Test
  void howLongTasksWaitedIsTheFirstLinesTotal() {
    assertThat(wait("some avg10=0.00 avg60=0.12 avg300=0.00 total=242962\nfull avg10=0.00 total=67301\n"))
        .isEqualTo(242_962_000L);
    assertThat(wait("some avg10=0.00 avg60=0.00 avg300=0.00\nfull avg10=0.00 total=67301\n"))
        .isEqualTo(Sample.UNKNOWN);
    assertThat(wait("some total=")).isEqualTo(Sample.UNKNOWN);
    assertThat(wait("")).isEqualTo(Sample.UNKNOWN);
  }

  private static long wait(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return MemoryWait.nanos(bytes.length, bytes);
  }

  @Test
  void majorFaultsAreTheTenthNumberAfterTheName() throws Exception {
    ProcessFolder self = live(ProcessHandle.current().pid());
    try (ProcessSampler sampler = ProcessSampler.open(self, Optional.empty()).orElseThrow()) {
      long before = majorFaults();
      long told = sampler.sample(1).orElseThrow().raw(SampleColumn.MAJOR_FAULTS);
      assertThat(told).isBetween(before, majorFaults());
    }
  }

  private static long majorFaults() throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[9]);
  }

  @Test
  void childrenAreFoundOnceAndTheirChildrenToo() throws Exception {
    Process target = new ProcessBuilder("sh", "-c", "sh -c 'sleep 30; true'; true").start();
    try {
      ProcessChildren children = new ProcessChildren(ProcessFolder.LIVE_ROOT, target.pid());
      int found = 0;
      for (int i = 0; i < 100 && found < 2; i++) {
        found += children.news().size();
        Thread.sleep(20);
      }
      assertThat(found).isEqualTo(2);
      assertThat(children.news()).isEmpty();
    } finally {
      target.descendants().forEach(ProcessHandle::destroyForcibly);
      target.destroyForcibly();
    }
  }
}
