package io.tare.probe.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileTest {
  private static volatile Object sink;

  @TempDir
  Path folder;

  @Test
  void aHeapDumpIsWritten() throws IOException {
    Path file = folder.resolve("heap.hprof");
    Profile.heap(file);
    byte[] start = new byte[18];
    try (var input = Files.newInputStream(file)) {
      assertThat(input.readNBytes(start, 0, start.length)).isEqualTo(start.length);
    }
    assertThat(new String(start, StandardCharsets.US_ASCII)).isEqualTo("JAVA PROFILE 1.0.2");
  }

  @Test
  void anAllocationProfileHoldsTheSitesOfTheWork() throws IOException {
    Path file = folder.resolve("allocations.jfr");
    Profile.allocations(file, () -> {
      for (int i = 0; i < 200_000; i++) {
        sink = new byte[1000];
      }
    });
    List<RecordedEvent> events = RecordingFile.readAllEvents(file);
    assertThat(events)
        .anyMatch(event -> event.getEventType().getName().equals("jdk.ObjectAllocationSample") && hasOwnFrame(event));
  }

  private static boolean hasOwnFrame(RecordedEvent event) {
    return event.getStackTrace() != null && event.getStackTrace().getFrames().stream()
        .anyMatch(frame -> frame.getMethod().getType().getName().equals(ProfileTest.class.getName()));
  }

  @Test
  void aCpuProfileHoldsTheStacksOfTheWork() throws IOException {
    Path file = folder.resolve("cpu.jfr");
    Profile.cpu(file, () -> {
      long end = System.nanoTime() + 700_000_000L;
      while (System.nanoTime() < end) {
        sink = IntStream.range(0, 10_000).filter(i -> i % 7 == 3).sum();
      }
    });
    assertThat(RecordingFile.readAllEvents(file))
        .anyMatch(event -> event.getEventType().getName().equals("jdk.ExecutionSample"));
  }
}
