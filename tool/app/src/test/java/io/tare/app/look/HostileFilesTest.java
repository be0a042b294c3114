package io.tare.app.look;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.app.cli.ExitCode;
import io.tare.history.recording.Entry;
import io.tare.history.recording.EntryWriter;
import io.tare.history.recording.FrameScan.FileHead;
import io.tare.model.history.Mark;
import io.tare.model.history.RecordedProcess;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that were made to fill the memory: each is told or refused in a sentence, by a process that stays below 256 MB. */
@Tag("slow")
@Timeout(180)
class HostileFilesTest {
  /** As the launcher sets it. */
  private static final String HEAP = "-Xmx160m";
  private static final long MOST_KB = 256 << 10;

  @TempDir
  private Path folder;

  /** How one command ended: what it printed, and the most memory that it had. */
  private record Run(int code, String text, long peakKb) {}

  @Test
  void aCaptureOfTwoMillionMappingsIsRefused() throws Exception {
    StringBuilder smaps = new StringBuilder();
    for (long i = 0; i < 2_000_000; i++) {
      long start = 0x10000000L + i * 0x2000;
      smaps.append(Long.toHexString(start)).append('-').append(Long.toHexString(start + 0x1000))
          .append(" rw-p 00000000 00:00 0 \nRss: 4 kB\n");
    }
    Run run = tare(capture(smaps.length(), smaps.toString().getBytes(StandardCharsets.US_ASCII), 1));
    refused(run, "--memory 1g allows more");
  }

  @Test
  void aZipBombIsRefused() throws Exception {
    Run run = tare(capture(300L << 20, new byte[1 << 20], 300));
    refused(run, "it unpacks to more than", "--memory 1g allows more");
  }

  @Test
  void aCaptureThatListsMillionsOfArtefactsIsRefused() throws Exception {
    Path file = folder.resolve("many.tare");
    try (ZipOutputStream zip = zip(file)) {
      zip.putNextEntry(new ZipEntry("manifest"));
      zip.write(manifest(0));
      byte[] line = "artifact name=a outcome=ABSENT note= micros=1 bytes=0\n".getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < 10_000_000; i++) {
        zip.write(line);
      }
    }
    refused(tare(file), "manifest unpacks to more than");
  }

  @Test
  void aCaptureThatHoldsEntriesWithoutEndIsRefusedAtTheFirst() throws Exception {
    Path file = folder.resolve("entries.tare");
    try (ZipOutputStream zip = zip(file)) {
      zip.putNextEntry(new ZipEntry("manifest"));
      zip.write(manifest(0));
      for (int i = 0; i < 100_000; i++) {
        zip.putNextEntry(new ZipEntry("x" + i));
      }
    }
    refused(tare(file), "holds an entry that its manifest does not list");
  }

  @Test
  void aRecordingOfAHundredThousandProcessesIsToldInPart() throws Exception {
    Path file = recording(out -> {
      for (int i = 1; i <= 100_000; i++) {
        out.add(
            new Entry.Target(1_000L, i, new RecordedProcess(i, i, "boot", "p" + i, "native", OptionalLong.empty())));
      }
    });
    Run run = tare(file.resolveSibling(file.getFileName() + "@7"));
    assertThat(run.peakKb).isBetween(20_000L, MOST_KB);
    Run all = tare(file);
    assertThat(all.peakKb).isBetween(20_000L, MOST_KB);
    assertThat(all.text).contains("90000 processes are left out: 10000 are kept");
  }

  @Test
  void aRecordingOfTwoMillionMarksIsToldInPart() throws Exception {
    String label = "x".repeat(100);
    Path file = recording(out -> {
      out.add(new Entry.Target(1_000L, 1, new RecordedProcess(1, 1, "boot", "p", "native", OptionalLong.empty())));
      for (int i = 0; i < 2_000_000; i++) {
        out.add(
            new Entry.Marked(1, new Mark(Instant.ofEpochMilli(1_000 + i), label + i, OptionalLong.empty(), "command")));
      }
    });
    Run run = tare(file);
    assertThat(run.peakKb).isBetween(20_000L, MOST_KB);
    assertThat(run.text).contains("1800000 marks are left out: 200000 are kept");
  }

  @Test
  void aLineOfAGigabyteInACompressedLogCostsNoMemory() throws Exception {
    Path file = folder.resolve("gc.log.gz");
    try (OutputStream out = new GZIPOutputStream(new BufferedOutputStream(Files.newOutputStream(file)), 1 << 16)) {
      byte[] part = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < 1 << 10; i++) {
        out.write(part);
      }
      out.write("\n[1.000s] GC(0) Pause Young (Normal) (G1 Evacuation Pause) 10M->5M(20M) 3.000ms\n"
          .getBytes(StandardCharsets.US_ASCII));
    }
    Run run = run(List.of("log", file.toString()));
    assertThat(run.peakKb).isBetween(20_000L, MOST_KB);
    assertThat(run.text).contains("2 lines, 1 of them").doesNotContain("Exception");
    assertThat(run.code).isEqualTo(ExitCode.FINE);
  }

  private static void refused(Run run, String... words) {
    assertThat(run.text).startsWith("tare: ").contains(words).hasLineCount(1);
    assertThat(run.code).isEqualTo(ExitCode.COULD_NOT_MEASURE);
    assertThat(run.peakKb).isBetween(20_000L, MOST_KB);
  }

  /** A capture whose only artefact is the given part, so many times. */
  private Path capture(long bytes, byte[] part, int times) throws IOException {
    Path file = folder.resolve("x.tare");
    try (ZipOutputStream zip = zip(file)) {
      zip.putNextEntry(new ZipEntry("manifest"));
      zip.write(manifest(bytes));
      zip.putNextEntry(new ZipEntry("proc/smaps"));
      for (int i = 0; i < times; i++) {
        zip.write(part);
      }
    }
    return file;
  }

  private static ZipOutputStream zip(Path file) throws IOException {
    return new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
  }

  private static byte[] manifest(long smapsBytes) {
    return """
        capture schema=tare.capture/1 tool=0.1.0
        target name=app runtime=NATIVE start=1 pid=2
        taken at=2026-01-01T00:00:00Z micros=3
        artifact name=proc/smaps outcome=TAKEN note= micros=1 bytes=%d
        """.formatted(smapsBytes).getBytes(StandardCharsets.US_ASCII);
  }

  private interface Entries {
    void writeTo(Sink sink) throws IOException;
  }

  private record Sink(EntryWriter writer, OutputStream out) {
    void add(Entry entry) throws IOException {
      writer.add(entry);
      if (writer.size() > 1 << 20) {
        flush();
      }
    }

    void flush() throws IOException {
      out.write(writer.bytes(), 0, writer.size());
      writer.clear();
    }
  }

  private Path recording(Entries entries) throws IOException {
    Path file = folder.resolve("x.tarerec");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write(FileHead.bytes());
      Sink sink = new Sink(new EntryWriter(), out);
      entries.writeTo(sink);
      sink.flush();
    }
    return file;
  }

  private static Run tare(Path file) throws Exception {
    return run(List.of(file.toString()));
  }

  /** Runs Tare as a process of its own, and looks at its memory until it has ended. */
  private static Run run(List<String> words) throws Exception {
    List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow(), HEAP,
        "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss512k", "--enable-native-access=ALL-UNNAMED", "-cp",
        System.getProperty("java.class.path"), "io.tare.app.Main"));
    command.addAll(words);
    Path output = Files.createTempFile("tare-hostile-", ".txt");
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
      long peak = 0;
      while (!process.waitFor(5, TimeUnit.MILLISECONDS)) {
        peak = Math.max(peak, peakKb(process.pid()));
      }
      return new Run(process.exitValue(), Files.readString(output), peak);
    } finally {
      Files.delete(output);
    }
  }

  private static long peakKb(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream().filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElse(0);
    } catch (IOException ended) {
      return 0;
    }
  }
}
