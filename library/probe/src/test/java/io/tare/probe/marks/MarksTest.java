package io.tare.probe.marks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.probe.MemstatsLine;
import io.tare.probe.allocation.Allocations;
import io.tare.probe.metric.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarksTest {
  @TempDir
  Path folder;

  @AfterEach
  void noLog() {
    Marks.logTo(null);
  }

  @Test
  void marksStandInTheFileOfThisProcess() throws IOException {
    Marks.at("START");
    Marks.at("AFTER_BATCH_1", 1000);
    Marks.tick("TICK", 1001);
    Path file = Marks.file().orElseThrow();
    assertThat(file.getFileName()).hasToString(Long.toString(ProcessHandle.current().pid()));
    assertThat(file.getParent().getFileName()).hasToString("taremarks_" + System.getProperty("user.name"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent()))).isEqualTo("rwx------");
    List<Mark> marks = MarksFile.read(file).marks();
    Mark batch = marks.stream().filter(mark -> mark.label().equals("AFTER_BATCH_1")).findFirst().orElseThrow();
    assertThat(batch.items()).hasValue(1000);
    assertThat(batch.stat(Metric.HEAP_USED)).isPresent();
    assertThat(marks.get(marks.size() - 1).stats()).as("a tick has no stats").isEmpty();
  }

  @Test
  void aTickAllocatesNothing() {
    assertThat(Allocations.perCall(() -> Marks.tick("TICK", 1)).bytesPerCall()).isZero();
  }

  @Test
  void theLogLineReadsBack() {
    List<String> lines = new ArrayList<>();
    Marks.logTo(lines::add);
    Marks.at("AFTER_GC", 17);
    Marks.tick("TICK", 18);
    MemstatsLine line = MemstatsLine.parse(lines.get(0)).orElseThrow();
    assertThat(line.label()).isEqualTo("AFTER_GC");
    assertThat(line.values()).containsEntry("Items", 17L).containsKeys("Alloc", "Sys", "NumGC");
    assertThat(lines.get(1)).isEqualTo("[MEMSTATS:TICK] Items=18");
  }

  @Test
  void marksAreJfrEventsWhileARecordingRuns() throws IOException {
    Path file = folder.resolve("marks.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("tare.Mark");
      recording.start();
      Marks.at("IN_JFR", 5);
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> events = RecordingFile.readAllEvents(file);
    assertThat(events).hasSize(1);
    assertThat(events.get(0).getString("label")).isEqualTo("IN_JFR");
    assertThat(events.get(0).getLong("items")).isEqualTo(5);
    assertThat(events.get(0).getLong("heapUsed")).isPositive();
  }

  @Test
  void aDirectoryThatDoesNotExistOnlyMeansNoFile() {
    MarksOfProcess marks = MarksOfProcess.open(Path.of("/nonexistent/here"), 8);
    marks.write("harmless", 1, null);
    assertThat(marks.file()).isEmpty();
    assertThat(marks.problem().orElseThrow()).contains("/nonexistent/here");
  }

  @Test
  void aReadOnlyDirectoryOnlyMeansNoFile() {
    Path readOnly = Path.of("/proc/self");
    assumeTrue(Files.isDirectory(readOnly), "needs /proc, where not even root can make files");
    MarksOfProcess marks = MarksOfProcess.open(readOnly, 8);
    marks.write("harmless", 1, null);
    assertThat(marks.problem()).isPresent();
  }

  @Test
  void aFolderThatOthersCanWriteIsRefused() throws IOException {
    Path prepared = folder.resolve("taremarks_" + System.getProperty("user.name"));
    Files.createDirectory(prepared);
    Files.setPosixFilePermissions(prepared, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(MarksOfProcess.open(folder, 8).problem().orElseThrow()).contains("can be written by others");
  }

  @Test
  void aLinkInPlaceOfTheFolderIsRefused() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.createSymbolicLink(folder.resolve("taremarks_" + System.getProperty("user.name")), elsewhere);
    assertThat(MarksOfProcess.open(folder, 8).problem().orElseThrow()).contains("is not a directory");
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void filesOfDeadProcessesAreClearedAwayAndOthersKept() throws IOException {
    assertThat(MarksOfProcess.open(folder, 8).problem()).isEmpty();
    Path own = folder.resolve("taremarks_" + System.getProperty("user.name"));
    Path dead = Files.writeString(own.resolve("999999999"), "left by a process that was killed");
    Path alive = Files.writeString(own.resolve("1"), "a living process");
    Path other = Files.writeString(own.resolve("notes.txt"), "not ours");
    assertThat(MarksOfProcess.open(folder, 8).problem()).isEmpty();
    assertThat(dead).doesNotExist();
    assertThat(alive).exists();
    assertThat(other).exists();
  }
}
