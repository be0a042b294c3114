package io.tare.history.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.capture.CaptureException;
import io.tare.history.live.LedgerSchedule.LedgerRules;
import io.tare.history.live.Recorder.RecorderOptions;
import io.tare.history.recording.Entry;
import io.tare.history.recording.Recording;
import io.tare.history.recording.Recording.RecordedTrack;
import io.tare.model.history.Ending;
import io.tare.model.history.Mark;
import io.tare.model.history.SampleColumn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The recorder at real processes, and how they end. */
@Tag("slow")
@Timeout(60)
class RecorderTest {
  private static final RecorderOptions QUICK = new RecorderOptions(Duration.ofMillis(50), Duration.ZERO,
      LedgerRules.USUAL, false, "test");

  @TempDir
  private Path folder;

  private final List<String> told = new ArrayList<>();

  private Recording record(Process target, boolean isChild, Runnable meanwhile) throws Exception {
    return record(target, isChild, meanwhile, SteadyClock.ofMachine());
  }

  private Recording record(Process target, boolean isChild, Runnable meanwhile, SteadyClock clock) throws Exception {
    Path path = folder.resolve("x.tarerec");
    try (RecordingFile file = RecordingFile.open(path, 1 << 20, System::currentTimeMillis)) {
      Recorder recorder = new Recorder(QUICK, file, told::add, clock);
      if (isChild) {
        recorder.addChild(new Recorder.Child(target.pid(), target.onExit().thenApply(Process::exitValue),
            () -> Ending.Usage.UNKNOWN), Recorder.identify(target.pid()));
      } else {
        recorder.add(Recorder.identify(target.pid()));
      }
      recorder.eachRound(meanwhile);
      recorder.run(20_000);
    } finally {
      target.destroyForcibly();
    }
    return RecordingFiles.open(path);
  }

  @Test
  void aProcessThatExitsIsRecordedToItsEnd() throws Exception {
    Process target = new ProcessBuilder("sh", "-c", "read line; exit 3").start();
    int[] rounds = {0};
    Recording recording = record(target, true, () -> {
      if (++rounds[0] == 8) {
        endInput(target);
      }
    });
    RecordedTrack track = recording.tracks().getFirst();
    assertThat(track.samples().size()).isGreaterThan(5);
    assertThat(track.samples().value(SampleColumn.RSS, 0)).isPositive();
    assertThat(track.weighings()).isNotEmpty();
    assertThat(track.ending().orElseThrow().code()).isEqualTo(3);
  }

  private static void endInput(Process target) {
    try {
      target.getOutputStream().close();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  /** Three days forward after the third round: the readings go on, and who reads them is told. */
  @Test
  void aClockThatIsSetWhileItRecordsTearsNoHoleIntoTheRecording() throws Exception {
    Process target = new ProcessBuilder("sleep", "60").start();
    int[] rounds = {0};
    SteadyClock clock = new SteadyClock(() -> System.currentTimeMillis() + (rounds[0] > 3 ? 3L * 86_400_000 : 0),
        () -> System.nanoTime() / 1_000_000);
    Recording recording = record(target, true, () -> {
      if (++rounds[0] == 10) {
        target.destroyForcibly();
      }
    }, clock);
    RecordedTrack track = recording.tracks().getFirst();
    int last = track.samples().size() - 1;
    assertThat(last).isGreaterThan(5);
    assertThat(track.samples().epochMillis(last) - track.samples().epochMillis(0)).isBetween(200L, 30_000L);
    assertThat(recording.notes()).extracting(Entry.Noted::words).containsExactly(
        "the machine's clock was set forward by 3.0 days; the times of this recording go on as if it had not been");
  }

  @Test
  void aProcessThatIsKilledAtARandomMomentLeavesEverythingBefore() throws Exception {
    Process target = new ProcessBuilder("sleep", "60").start();
    int rounds = ThreadLocalRandom.current().nextInt(3, 15);
    int[] seen = {0};
    Recording recording = record(target, true, () -> {
      if (++seen[0] == rounds) {
        target.destroyForcibly();
      }
    });
    RecordedTrack track = recording.tracks().getFirst();
    assertThat(track.samples().size()).isGreaterThanOrEqualTo(rounds);
    assertThat(track.ending().map(Ending::words).orElse("")).startsWith("killed by SIGKILL");
    assertThat(told).singleElement().asString().contains("killed by SIGKILL");
    assertThat(recording.problems()).isEmpty();
  }

  @Test
  void aStrangerThatVanishesIsTold() throws Exception {
    Process target = new ProcessBuilder("sleep", "1").start();
    RecordedTrack track = record(target, false, () -> {}).tracks().getFirst();
    assertThat(track.ending()).isPresent();
  }

  @Test
  void aMarkGetsALedgerOfItsOwn() throws Exception {
    Process target = new ProcessBuilder("sleep", "60").start();
    Path path = folder.resolve("x.tarerec");
    try (RecordingFile file = RecordingFile.open(path, 1 << 20, System::currentTimeMillis)) {
      Recorder recorder = new Recorder(QUICK, file, told::add);
      recorder.add(Recorder.identify(target.pid()));
      int[] rounds = {0};
      recorder.eachRound(() -> {
        if (++rounds[0] == 15) {
          recorder.mark(MarkFile.now("NOW", OptionalLong.of(7)));
        } else if (rounds[0] == 40) {
          recorder.stop();
        }
      });
      recorder.run(40_000);
    } finally {
      target.destroyForcibly();
    }
    RecordedTrack track = RecordingFiles.open(path).tracks().getFirst();
    assertThat(track.marks()).extracting(Mark::label).containsExactly("NOW");
    assertThat(track.weighings()).hasSize(2);
    assertThat(told).singleElement().asString().contains("still running");
  }

  @Test
  void thereIsNoSuchProcessIsSaid() {
    assertThatThrownBy(() -> Recorder.identify(4_194_305)).isInstanceOf(CaptureException.class)
        .hasMessageContaining("there is no process");
  }

  @Test
  void aJvmTellsItsHeapAndClasses() throws Exception {
    Path path = folder.resolve("self.tarerec");
    try (RecordingFile file = RecordingFile.open(path, 1 << 20, System::currentTimeMillis)) {
      Recorder recorder = new Recorder(QUICK, file, told::add);
      recorder.add(Recorder.identify(ProcessHandle.current().pid()));
      int[] rounds = {0};
      recorder.eachRound(() -> {
        System.gc();
        if (++rounds[0] == 8) {
          recorder.stop();
        }
      });
      recorder.run(40_000);
    }
    RecordedTrack track = RecordingFiles.open(path).tracks().getFirst();
    assertThat(track.process().runtime()).isEqualTo("HotSpot JVM");
    assertThat(track.samples().has(SampleColumn.HEAP_USED)).isTrue();
    assertThat(track.samples().has(SampleColumn.HEAP_FLOOR)).as("a floor after each collection").isTrue();
    assertThat(track.samples().has(SampleColumn.CLASSES)).isTrue();
  }
}
