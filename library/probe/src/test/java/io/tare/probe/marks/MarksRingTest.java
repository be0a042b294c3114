package io.tare.probe.marks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.probe.MemoryStats;
import io.tare.probe.metric.Metric;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarksRingTest {
  @TempDir
  Path folder;

  @Test
  void aMarkReadsBackWithAllItSays() throws IOException {
    MemoryStats stats = MemoryStats.now();
    try (MarksRing ring = MarksRing.create(folder.resolve("1"), 8)) {
      assertThat(ring.write("AFTER_BATCH_17", 17_000, stats)).isTrue();
      MarksReading reading = MarksFile.read(ring.path());
      Mark mark = reading.marks().get(0);
      assertThat(mark.label()).isEqualTo("AFTER_BATCH_17");
      assertThat(mark.items()).isEqualTo(OptionalLong.of(17_000));
      assertThat(mark.number()).isZero();
      assertThat(mark.threadId()).isEqualTo(Thread.currentThread().getId());
      assertThat(Duration.between(mark.at(), Instant.now()).abs()).isLessThan(Duration.ofSeconds(5));
      for (Metric metric : List.of(Metric.values()).subList(0, MarksLayout.STATS)) {
        assertThat(mark.stat(metric)).as(metric.key()).isEqualTo(stats.get(metric));
      }
      assertThat(reading.pid()).isEqualTo(ProcessHandle.current().pid());
      assertThat(reading.processStart()).isPresent();
    }
  }

  @Test
  void aMarkWithoutStatsOrItemsHasNone() throws IOException {
    try (MarksRing ring = MarksRing.create(folder.resolve("1"), 1)) {
      ring.write("full", 5, MemoryStats.now());
      ring.write("bare", MarksLayout.UNKNOWN, null);
      Mark mark = MarksFile.read(ring.path()).marks().get(0);
      assertThat(mark.label()).isEqualTo("bare");
      assertThat(mark.items()).isEmpty();
      assertThat(mark.stats()).isEmpty();
    }
  }

  @Test
  void theRingKeepsTheLastOnes() throws IOException {
    try (MarksRing ring = MarksRing.create(folder.resolve("1"), 8)) {
      for (int i = 0; i < 100; i++) {
        ring.write("m" + i, i, null);
      }
      MarksReading reading = MarksFile.read(ring.path());
      assertThat(reading.marks()).extracting(Mark::label).containsExactly("m92", "m93", "m94", "m95", "m96", "m97",
          "m98", "m99");
      assertThat(reading.counts()).isEqualTo(new MarksReading.Counts(100, 0, 0));
      assertThat(reading.after(97)).extracting(Mark::number).containsExactly(98L, 99L);
    }
  }

  @Test
  void longLabelsAreCutAtAWholeCharacter() throws IOException {
    String mountains = "\u26f0".repeat(40);
    String grin = "x" + "\ud83d\ude00".repeat(40);
    try (MarksRing ring = MarksRing.create(folder.resolve("1"), 8)) {
      ring.write(mountains, 0, null);
      ring.write(grin, 0, null);
      ring.write("\u00e9\ud800!", 0, null);
      assertThat(MarksFile.read(ring.path()).marks()).extracting(Mark::label).containsExactly(
          mountains.substring(0, 29), grin.substring(0, 43),
          "\u00e9\ufffd!");
    }
  }

  @Test
  void theFileIsItsOwnersAlone() throws IOException {
    try (MarksRing ring = MarksRing.create(folder.resolve("1"), 8)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ring.path()))).isEqualTo("rw-------");
    }
  }

  @Test
  void aHalfWrittenRecordIsNotAccepted() throws IOException {
    try (MarksRing ring = MarksRing.create(folder.resolve("1"), 8)) {
      ring.write("whole", 1, null);
      ring.write("half", 2, null);
      ring.bytes().putLong(MarksLayout.HEADER_BYTES + MarksLayout.RECORD_BYTES, MarksLayout.writing(1));
      MarksReading reading = MarksFile.read(ring.path());
      assertThat(reading.marks()).extracting(Mark::label).containsExactly("whole");
      assertThat(reading.counts().recordsNotAccepted()).isEqualTo(1);
    }
  }

  @Test
  void anyChangedByteOfARecordIsNoticed() throws IOException {
    Path path = folder.resolve("1");
    try (MarksRing ring = MarksRing.create(path, 1)) {
      ring.write("label", 7, MemoryStats.now());
    }
    byte[] file = Files.readAllBytes(path);
    assertThat(MarksFileFuzzTest.read(file).marks()).hasSize(1);
    for (int at = MarksLayout.HEADER_BYTES; at < file.length; at++) {
      byte original = file[at];
      file[at] ^= 0x10;
      assertThat(MarksFileFuzzTest.read(file).marks()).as("byte %d", at).isEmpty();
      file[at] = original;
    }
  }

  @Test
  void aRecordThatAnotherThreadHoldsIsSteppedOver() throws IOException {
    try (MarksRing ring = MarksRing.create(folder.resolve("1"), 4)) {
      ring.hold(1, 1);
      for (int i = 0; i < 6; i++) {
        assertThat(ring.write("m" + i, i, null)).isTrue();
      }
      assertThat(MarksFile.read(ring.path()).marks()).extracting(Mark::label).containsExactly("m3", "m4", "m5");
    }
  }

  @Test
  void whenAllRecordsAreHeldTheMarkIsDroppedAndCounted() throws IOException {
    try (MarksRing ring = MarksRing.create(folder.resolve("1"), 1)) {
      ring.hold(0, 1000);
      assertThat(ring.write("late", 0, null)).isFalse();
      assertThat(MarksFile.read(ring.path()).counts().marksSkipped()).isEqualTo(1);
    }
  }

  @Test
  void aFileCutShortSwitchesMarkingOffAndHarmsNoOne() throws IOException {
    try (MarksRing ring = MarksRing.create(folder.resolve("1"), 1024);
        FileChannel cut = FileChannel.open(ring.path(), StandardOpenOption.WRITE)) {
      ring.write("before", 0, null);
      cut.truncate(0);
      boolean written = true;
      for (int i = 0; i < 10 && written; i++) {
        written = ring.write("after", 0, null);
      }
      assertThat(written).isFalse();
      assertThat(ring.isBroken()).isTrue();
      assertThat(ring.write("later", 0, null)).isFalse();
      assertThatThrownBy(() -> MarksFile.read(ring.path())).isInstanceOf(NotAMarksFile.class)
          .hasMessageContaining("ends before");
    }
  }

  /** Compiled code is told late of what it wrote behind the file's end: how late depends on the JDK, the compiler and the collector's loops. */
  @ParameterizedTest
  @ValueSource(strings = {"-XX:+UseParallelGC", "-XX:+UseG1GC", "-XX:TieredStopAtLevel=1"})
  void aFileCutShortHarmsNoCompiledCodeEither(String option) throws Exception {
    Process cutting = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m",
        option, "-cp",
        System.getProperty("java.class.path"), CutMarks.class.getName(), folder.toString()).redirectErrorStream(true)
        .start();
    assertThat(new String(cutting.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualToIgnoringNewLines("30 of 30 cut unharmed");
    assertThat(cutting.waitFor()).isZero();
  }

  @Test
  void anInterruptedThreadMarksAndStaysInterrupted() throws IOException {
    Thread.currentThread().interrupt();
    try (MarksRing ring = MarksRing.create(folder.resolve("1"), 8)) {
      assertThat(ring.write("one", 1, null)).isTrue();
      assertThat(ring.write("two", 2, null)).isTrue();
      assertThat(Thread.interrupted()).isTrue();
      assertThat(MarksFile.read(ring.path()).marks()).extracting(Mark::label).containsExactly("one", "two");
    }
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    byte[] text = new byte[1000];
    assertThatThrownBy(() -> MarksFileFuzzTest.read(text)).isInstanceOf(NotAMarksFile.class)
        .hasMessage("does not start with TAREMARK");
    ByteBuffer.wrap(text).put("TAREMARK".getBytes()).order(java.nio.ByteOrder.LITTLE_ENDIAN).putInt(2);
    assertThatThrownBy(() -> MarksFileFuzzTest.read(text)).isInstanceOf(NotAMarksFile.class)
        .hasMessage("version 2, this code reads version 1");
  }
}
