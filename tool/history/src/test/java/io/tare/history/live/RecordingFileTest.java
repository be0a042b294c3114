package io.tare.history.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.history.recording.Entry;
import io.tare.history.recording.FrameScan.FileHead;
import io.tare.history.recording.Recording;
import io.tare.history.recording.SampleRecordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recording file through its accidents. */
class RecordingFileTest {
  private static final long LARGE = 64 << 20;
  private static final List<Entry> ENTRIES = SampleRecordings.oneOfEach();

  @TempDir
  private Path folder;

  private Path file() {
    return folder.resolve("x.tarerec");
  }

  private RecordingFile open(long mostBytes) throws Exception {
    return RecordingFile.open(file(), mostBytes, () -> SampleRecordings.START);
  }

  private void write(List<Entry> entries) throws Exception {
    try (RecordingFile file = open(LARGE)) {
      entries.forEach(file::accept);
    }
  }

  @Test
  void aFileTornAtAnyByteOpensWithWhatStandsBeforeTheTear() throws Exception {
    write(ENTRIES);
    byte[] whole = Files.readAllBytes(file());
    for (int cut = FileHead.BYTES; cut < whole.length; cut++) {
      Files.write(file(), Arrays.copyOf(whole, cut));
      Recording recording = RecordingFiles.open(file());
      assertThat(recording.tracks().size()).as("cut at %d", cut).isLessThanOrEqualTo(1);
    }
    Files.write(file(), Arrays.copyOf(whole, whole.length - 1));
    assertThat(RecordingFiles.open(file()).problems()).hasSize(1).first().asString().contains("torn");
  }

  @Test
  void goingOnCutsTheTornEndOffAndLosesNothingElse() throws Exception {
    write(ENTRIES.subList(0, 5));
    Files.write(file(), new byte[] {'T', 'R', 3, 9}, StandardOpenOption.APPEND);
    try (RecordingFile file = open(LARGE)) {
      assertThat(file.news()).singleElement().asString().contains("4 torn bytes");
      ENTRIES.subList(5, ENTRIES.size()).forEach(file::accept);
    }
    Recording recording = RecordingFiles.open(file());
    assertThat(recording.problems()).isEmpty();
    assertThat(recording.tracks().getFirst().ending()).isPresent();
    assertThat(recording.tracks().getFirst().samples().size()).isEqualTo(2);
  }

  @Test
  void twoRecordersDoNotWriteOneFile() throws Exception {
    try (RecordingFile first = open(LARGE)) {
      assertThat(first.path()).exists();
      assertThatThrownBy(() -> open(LARGE)).isInstanceOf(IOException.class).hasMessageContaining("being written");
    }
  }

  @Test
  void aLinkOrASecondNameIsNotGoneOnWithAndAMarksFileIsNot() throws Exception {
    write(ENTRIES);
    byte[] whole = Files.readAllBytes(file());
    Path link = Files.createSymbolicLink(folder.resolve("link.tarerec"), file());
    assertThatThrownBy(() -> RecordingFile.open(link, LARGE, () -> SampleRecordings.START))
        .hasMessageContaining("is a link");
    Path second = Files.createLink(folder.resolve("second.tarerec"), file());
    assertThatThrownBy(() -> RecordingFile.open(second, LARGE, () -> SampleRecordings.START))
        .hasMessageContaining("second name");
    Files.createSymbolicLink(MarkFile.besides(second), file());
    assertThatThrownBy(() -> MarkFile.open(second)).hasMessageContaining("is a link");
    assertThatThrownBy(() -> MarkFile.say(second, MarkFile.now("HERE", OptionalLong.empty()), true))
        .hasMessageContaining("is a link");
    assertThat(Files.readAllBytes(file())).isEqualTo(whole);
  }

  @Test
  void aLinkThatIsPutInThePlaceOfAMovedRecordingIsNotWrittenThroughAndToldOnce() throws Exception {
    Path victim = Files.createFile(folder.resolve("victim"));
    for (Path where : List.of(victim, folder.resolve("nowhere"))) {
      Path moved = folder.resolve("moved.tarerec");
      try (RecordingFile file = open(LARGE)) {
        ENTRIES.subList(0, 5).forEach(file::accept);
        file.flush();
        Files.move(file(), moved);
        Files.createSymbolicLink(file(), where);
        for (int i = 0; i < 3; i++) {
          file.lookAround();
        }
        assertThat(file.news()).singleElement().asString().contains("can't be begun again", "is a link");
        ENTRIES.subList(5, ENTRIES.size()).forEach(file::accept);
      }
      assertThat(RecordingFiles.open(moved).tracks().getFirst().ending()).isPresent();
      assertThat(victim).isEmptyFile();
      assertThat(folder.resolve("nowhere")).doesNotExist();
      Files.delete(moved);
      Files.delete(file());
    }
  }

  @Test
  void aFileThatIsMovedAwayKeepsWhatItHasAndANewOneSaysWhoIsRecorded() throws Exception {
    Path moved = folder.resolve("old.tarerec");
    try (RecordingFile file = open(LARGE)) {
      ENTRIES.subList(0, 5).forEach(file::accept);
      file.flush();
      Files.move(file(), moved);
      file.lookAround();
      assertThat(file.news()).singleElement().asString().contains("moved away", "new");
      file.accept(new Entry.Sampled(1, SampleRecordings.sample(SampleRecordings.START + 9000, 7, -1)));
    }
    assertThat(RecordingFiles.open(moved).tracks().getFirst().samples().size()).isEqualTo(2);
    Recording next = RecordingFiles.open(file());
    assertThat(next.tracks().getFirst().process()).isEqualTo(SampleRecordings.ORDERS);
    assertThat(next.tracks().getFirst().samples().size()).isEqualTo(1);
    assertThat(next.notes()).isNotEmpty();
  }

  @Test
  void aFileThatGrowsTooLargeBecomesCoarserAndKeepsItsMarks() throws Exception {
    long most = 200 << 10;
    int seconds = 20_000;
    try (RecordingFile file = open(most)) {
      file.accept(ENTRIES.get(1));
      for (int i = 0; i < seconds; i++) {
        file.accept(new Entry.Sampled(1, SampleRecordings.sample(SampleRecordings.START + i * 1000L, 1 << 30, i)));
        if (i % 1000 == 0) {
          file.accept(
              new Entry.Marked(1, SampleRecordings.mark(SampleRecordings.START + i * 1000L, "M", OptionalLong.of(i))));
        }
        if (i % 10 == 0) {
          file.flush();
        }
      }
    }
    assertThat(Files.size(file())).isLessThan(most + 10_000);
    Recording recording = RecordingFiles.open(file());
    assertThat(recording.tracks().getFirst().marks()).hasSize(20);
    assertThat(recording.tracks().getFirst().samples().size()).isBetween(100, seconds / 2);
    try (var files = Files.list(folder)) {
      assertThat(files).as("no part stays behind").containsExactly(file());
    }
  }

  @Test
  void theProcessesOfAFileAreKnownAndThoseThatEndedAreNotRunning() throws Exception {
    write(ENTRIES.subList(0, 5));
    assertThat(RecordingFiles.known(file()).running()).containsEntry(1, SampleRecordings.ORDERS);
    Files.delete(file());
    write(ENTRIES);
    assertThat(RecordingFiles.known(file()).running()).isEmpty();
    assertThat(RecordingFiles.known(file()).highest()).isEqualTo(1);
  }
}
