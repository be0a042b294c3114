package io.tare.fleet.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.fleet.agent.Segment.Left;
import io.tare.history.live.RecordingFiles;
import io.tare.history.recording.Entry;
import io.tare.history.recording.Recording;
import io.tare.model.history.RecordedProcess;
import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What waits on the node: bounded, whole, and found again by the next agent. */
class SpoolTest {
  private static final RecordedProcess ORDERS = new RecordedProcess(4711, 99, "boot", "orders.jar", "HotSpot JVM",
      OptionalLong.empty());
  private static final long START = Instant.parse("2026-11-22T04:30:12.345Z").toEpochMilli();

  @TempDir
  private Path folder;

  private Spool open() throws IOException {
    return Spool.open(folder.resolve("spool"), 64 << 10);
  }

  private static Sample sample(long at) {
    long[] values = Sample.noValues();
    values[SampleColumn.RSS.index()] = 1 << 20;
    return Sample.of(at, values);
  }

  private static Segment segment(Spool spool, long began, int samples) {
    Segment segment = Segment.create(spool.place(SegmentName.of(ORDERS, "orders", began)));
    segment.accept(new Entry.Opened(began, "test", 1000));
    segment.accept(new Entry.Target(began, 1, ORDERS));
    for (int i = 0; i < samples; i++) {
      segment.accept(new Entry.Sampled(1, sample(began + i)));
    }
    return segment;
  }

  @Test
  void aNameTellsServicePidProcessAndTimeAndIsSafeInAnyFolder() {
    SegmentName name = SegmentName.of(ORDERS, "or/ders ü", START);
    assertThat(name.text()).matches("or_ders__-4711-[0-9a-f]{12}-20261122T043012345Z\\.tarerec");
    assertThat(SegmentName.parse(name.text())).contains(name);
    assertThat(name.place("no/de")).isEqualTo("day=2026-11-22/no_de/" + name.text());
    assertThat(SegmentName.parse("../x.tarerec")).isEmpty();
    assertThat(SegmentName.parse(name.text().replace("T0430", "T9930"))).isEmpty();
    RecordedProcess later = new RecordedProcess(4711, 100, "boot", "orders.jar", "", OptionalLong.empty());
    assertThat(SegmentName.of(later, "orders", START).text()).as("the same pid is not the same process")
        .isNotEqualTo(SegmentName.of(ORDERS, "orders", START).text());
  }

  @Test
  void aNameNeverBeginsWithADot() {
    assertThat(List.of("..", ".hidden", "-x", "", "a".repeat(100))).extracting(SegmentName::cleaned)
        .containsExactly("_", "_hidden", "_x", "_", "a".repeat(64));
  }

  @Test
  void aSealedSegmentIsWholeAndTheOldestComesFirst() throws Exception {
    try (Spool spool = open()) {
      spool.seal(segment(spool, START + 1000, 3));
      spool.seal(segment(spool, START, 2));
      assertThat(spool.segments()).isEqualTo(2);
      Spool.Ready first = spool.next(0).orElseThrow();
      assertThat(first.name().beganMillis()).isEqualTo(START);
      Recording read = RecordingFiles.open(first.path());
      assertThat(read.problems()).isEmpty();
      assertThat(read.tracks().getFirst().samples().size()).isEqualTo(2);
      spool.delivered(first);
      assertThat(first.path()).doesNotExist();
      assertThat(spool.next(0).orElseThrow().name().beganMillis()).isEqualTo(START + 1000);
    }
  }

  @Test
  void whatIsMoreThanTheSpoolHoldsIsDroppedTheOldestFirstAndCountedButNotWhatIsOnItsWay() throws Exception {
    try (Spool spool = open()) {
      for (int i = 0; i < 10; i++) {
        spool.seal(segment(spool, START + i * 1000L, 500));
      }
      long each = spool.bytes() / 10;
      Spool.Ready underWay = spool.next(0).orElseThrow();
      spool.bound(0);
      long fit = (64 << 10) / each;
      List<Spool.Ready> dropped = spool.takeDropped();
      assertThat(spool.segments()).isEqualTo((int) fit);
      assertThat(dropped).hasSize((int) (10 - fit)).doesNotContain(underWay);
      assertThat(dropped.getFirst().name().beganMillis()).isEqualTo(START + 1000);
      assertThat(dropped).allSatisfy(one -> assertThat(one.path()).doesNotExist());
      assertThat(spool.bytes()).isLessThanOrEqualTo(64 << 10);
      assertThat(spool.takeDropped()).as("told once").isEmpty();
      spool.bound(60 << 10);
      assertThat(spool.segments()).as("what is open counts, too").isEqualTo(1);
    }
  }

  @Test
  void whatAKilledAgentLeftIsFoundAndATornEndIsCutOff() throws Exception {
    Path torn;
    try (Spool spool = open()) {
      Segment left = segment(spool, START, 5);
      left.flush();
      torn = left.path();
      Files.write(torn, new byte[] {'T', 'R', 3, 40, 0, 0, 0, 1}, StandardOpenOption.APPEND);
      Files.write(spool.place(SegmentName.of(ORDERS, "x", START)), new byte[] {'T', 'A', 'R'});
      spool.seal(segment(spool, START + 1, 1));
    }
    try (Spool spool = open()) {
      assertThat(spool.segments()).as("what was whole is there").isEqualTo(1);
      List<Left> found = spool.left();
      assertThat(found).singleElement().satisfies(left -> {
        assertThat(left.process()).contains(ORDERS);
        assertThat(left.lastMillis()).isEqualTo(START + 4);
        assertThat(left.soundBytes()).isEqualTo(Files.size(torn) - 8);
        assertThat(left.hasEnded()).isFalse();
      });
      Segment again = Segment.goOn(found.getFirst());
      again.accept(new Entry.Sampled(1, sample(START + 10)));
      again.flush();
      Recording read = RecordingFiles.open(torn);
      assertThat(read.problems()).isEmpty();
      assertThat(read.tracks().getFirst().samples().size()).isEqualTo(6);
    }
  }

  @Test
  void oneAgentASpoolAndOnlyInAFolderOfItsOwn() throws Exception {
    try (Spool _ = open()) {
      assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("another agent");
    }
    Path others = Files.createDirectory(folder.resolve("others"));
    Files.setPosixFilePermissions(others, java.nio.file.attribute.PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> Spool.open(others, 64 << 10)).hasMessageContaining("open to other users");
  }

  @Test
  void whatCantBeWrittenWaitsAndIsWrittenOnceThereIsRoom() throws Exception {
    try (Spool spool = open()) {
      Segment segment = segment(spool, START, 1);
      segment.flush();
      Path aside = folder.resolve("aside");
      Files.move(segment.path(), aside);
      segment.accept(new Entry.Sampled(1, sample(START + 1)));
      segment.flush();
      assertThat(segment.failure()).isPresent();
      Files.move(aside, segment.path());
      segment.flush();
      assertThat(segment.failure()).isEmpty();
      assertThat(segment.takeNewlyLost()).isZero();
      assertThat(RecordingFiles.open(segment.path()).tracks().getFirst().samples().size()).isEqualTo(2);
    }
  }

  @Test
  void whatIsTooMuchToWaitIsLostCountedAndSaidInTheFileAfterwards() throws Exception {
    try (Spool spool = open()) {
      Segment segment = segment(spool, START, 1);
      segment.flush();
      Path aside = folder.resolve("aside");
      Files.move(segment.path(), aside);
      for (int i = 0; i < 3_000; i++) {
        segment.accept(new Entry.Sampled(1, sample(START + 10 + i)));
      }
      long lost = segment.takeNewlyLost();
      assertThat(lost).isPositive();
      Files.move(aside, segment.path());
      spool.seal(segment);
      Recording read = RecordingFiles.open(spool.next(0).orElseThrow().path());
      assertThat(read.problems()).isEmpty();
      assertThat(read.tracks().getFirst().samples().size() + lost).as("what is there and what was counted are all")
          .isEqualTo(3_001);
      assertThat(read.notes()).singleElement().extracting(Entry.Noted::words)
          .isEqualTo("the spool could not be written: " + lost + " records are missing");
    }
  }
}
