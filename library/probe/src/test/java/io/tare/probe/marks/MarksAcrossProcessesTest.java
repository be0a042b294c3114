package io.tare.probe.marks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.probe.ChildJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarksAcrossProcessesTest {
  private static final int THREADS = 8;
  private static final long MARKS_PER_THREAD = Long.getLong("marks.per.thread", 250_000);

  @TempDir
  Path folder;

  @Test
  void noTornMarkIsAcceptedWhileEightThreadsWrite() throws Exception {
    Path file = folder.resolve("marks");
    int accepted = 0;
    Set<Long> numbers = new HashSet<>();
    try (ChildJvm child = start(file, 64, MARKS_PER_THREAD)) {
      while (child.process().isAlive()) {
        for (Mark mark : MarksFile.read(file).marks()) {
          assertThat(MarkWriters.isWhole(mark)).as("%s", mark).isTrue();
          numbers.add(mark.number());
          accepted++;
        }
      }
    }
    MarksReading last = MarksFile.read(file);
    assertThat(last.marks()).hasSize(64).allMatch(MarkWriters::isWhole);
    assertThat(last.counts().ticketsGiven()).isGreaterThanOrEqualTo(THREADS * MARKS_PER_THREAD);
    assertThat(accepted).as("marks accepted while they were written").isGreaterThan(1000);
    assertThat(numbers).hasSizeGreaterThan(1000);
  }

  @Test
  void marksSurviveTheKillingOfTheWriter() throws Exception {
    for (int round = 0; round < 5; round++) {
      Path file = folder.resolve("marks" + round);
      try (ChildJvm child = start(file, 1024, 0)) {
        while (MarksFile.read(file).counts().ticketsGiven() < 2048) {
          Thread.sleep(10 + 7 * round);
        }
        child.process().destroyForcibly();
        assertThat(child.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
      }
      MarksReading reading = MarksFile.read(file);
      assertThat(reading.marks()).allMatch(MarkWriters::isWhole);
      assertThat(reading.marks()).as("at most one record a thread is not whole")
          .hasSizeGreaterThanOrEqualTo(1024 - THREADS);
      assertThat(reading.counts().recordsNotAccepted()).isLessThanOrEqualTo(THREADS);
    }
  }

  private static ChildJvm start(Path file, int records, long marks) throws IOException {
    ChildJvm child = ChildJvm.start(MarkWriters.class, List.of(), file.toString(), Integer.toString(records),
        Integer.toString(THREADS),
        Long.toString(marks));
    byte[] ready = child.process().getInputStream().readNBytes("ready".length());
    assertThat(new String(ready)).isEqualTo("ready");
    return child;
  }
}
