package io.tare.app.operand;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.formats.ParseLimits;
import io.tare.history.judge.LeakJudge.LeakOptions;
import io.tare.history.log.LogReading;
import io.tare.model.Problem;
import io.tare.model.history.LogSummary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFilesTest {
  private static final int LINES = 20_000;

  @TempDir
  private Path folder;

  private static byte[] line(int number) {
    return ("[%d.000s][info][gc] GC(%d) Pause Young (Normal) (G1 Evacuation Pause) 6M->1M(40M) 1.002ms\n")
        .formatted(number, number).getBytes(StandardCharsets.UTF_8);
  }

  private LogSummary read(byte[] bytes) throws IOException {
    LogReading reading = new LogReading(ParseLimits.DEFAULT);
    LogFiles.read(List.of(Files.write(folder.resolve("gc.log.gz"), bytes).toString()), reading);
    return reading.summary(LeakOptions.USUAL);
  }

  /** The log, and how long it was when half of its lines had been written out. */
  private record Packed(byte[] all, int half) {}

  private static Packed packed() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int half = 0;
    try (GZIPOutputStream out = new GZIPOutputStream(bytes, 512, true)) {
      for (int i = 0; i < LINES; i++) {
        if (i == LINES / 2) {
          out.flush();
          half = bytes.size();
        }
        out.write(line(i));
      }
    }
    return new Packed(bytes.toByteArray(), half);
  }

  @Test
  void whatIsPackedIsReadAsIfItWereNot() throws IOException {
    LogSummary log = read(packed().all());
    assertThat(log.lines()).isEqualTo(LINES);
    assertThat(log.problems()).isEmpty();
  }

  @Test
  void ofAFileThatIsCutOffAllIsReadThatStandsBeforeTheCut() throws IOException {
    Packed packed = packed();
    LogSummary log = read(Arrays.copyOf(packed.all(), packed.half()));
    assertThat(log.lines()).isEqualTo(LINES / 2);
    assertThat(log.collections().orElseThrow().runs()).isEqualTo(LINES / 2);
    assertThat(log.problems()).containsExactly(new Problem("gc.log.gz", "",
        "the compressed file is cut off: what stands before the cut was read"));
  }

  @Test
  void damageIsSaidToo() throws IOException {
    Packed packed = packed();
    byte[] damaged = packed.all().clone();
    Arrays.fill(damaged, packed.half(), packed.half() + 64, (byte) 0xff);
    LogSummary log = read(damaged);
    assertThat(log.lines()).as("but for the last block of 8 KB").isBetween(LINES / 2 - 120L, LINES / 2L);
    assertThat(log.problems()).containsExactly(new Problem("gc.log.gz", "",
        "the compressed file is damaged: what could be unpacked before the damage was read"));
    assertThat(read(Arrays.copyOf(packed.all(), 5)).problems()).as("not even a head").hasSize(1);
  }
}
