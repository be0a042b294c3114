package io.tare.history.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.history.live.MarkSource.LogFollower;
import io.tare.history.live.MarkSource.LogMarks;
import io.tare.history.live.MarkSource.OutputMarks;
import io.tare.model.history.Mark;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Marks that come from the side. */
class MarkSourcesTest {
  private static final LogMarks MEMSTATS = new LogMarks(List.of());

  @TempDir
  private Path folder;

  @Test
  void whatIsSaidBesideARecordingIsHeardOnce() throws Exception {
    Path recording = folder.resolve("x.tarerec");
    try (MarkFile marks = MarkFile.open(recording)) {
      MarkFile.say(recording, MarkFile.now("a label = with % blanks\n", OptionalLong.of(5)), false);
      MarkFile.say(recording, MarkFile.now("B", OptionalLong.empty()), false);
      assertThat(marks.news()).extracting(Mark::label).containsExactly("a label = with % blanks\n", "B");
      assertThat(marks.news()).isEmpty();
    }
    assertThat(MarkFile.besides(recording)).doesNotExist();
  }

  @Test
  void aLogIsFollowedFromItsEndThroughHalfLinesAndRotation() throws Exception {
    Path log = Files.writeString(folder.resolve("x.log"), "[MEMSTATS:OLD] Alloc=1MB\n");
    LogFollower follower = new LogFollower(log, MEMSTATS);
    assertThat(follower.news()).isEmpty();
    Files.writeString(log, "[MEMSTATS:HA", StandardOpenOption.APPEND);
    assertThat(follower.news()).isEmpty();
    Files.writeString(log, "LF] Alloc=1MB\n", StandardOpenOption.APPEND);
    assertThat(follower.news()).extracting(Mark::label).containsExactly("HALF");
    Files.move(log, folder.resolve("x.log.1"));
    Files.writeString(log, "[MEMSTATS:NEW] Alloc=1MB\n");
    assertThat(follower.news()).extracting(Mark::label).containsExactly("NEW");
    Files.writeString(log, "");
    assertThat(follower.news()).isEmpty();
  }

  @Test
  void outputIsHandedOnByteForByteAndItsMarksAreFound() throws Exception {
    OutputMarks output = new OutputMarks(MEMSTATS);
    byte[] said = "hello\n[MEMSTATS:START] Alloc=1MB\n\u0000\u0001 no line end [MEMSTATS:END]"
        .getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    output.relay(new ByteArrayInputStream(said), heard).join();
    assertThat(heard.toByteArray()).isEqualTo(said);
    assertThat(output.news()).extracting(Mark::label).containsExactly("START", "END");
  }

  private final LogMarks patterns = new LogMarks(
      List.of(Pattern.compile("loaded (?<items>\\d+) rows of (?<label>\\w+)"),
          Pattern.compile("^phase: (.*)$"), Pattern.compile("server started")));

  private Optional<LogMarks.Found> find(String line) {
    return patterns.find(line);
  }

  @Test
  void aMemstatsLineIsAMark() {
    assertThat(find("2026-01-01 [MEMSTATS:AFTER_BATCH_1000] Alloc=15MB Sys=12MB HeapObjects=22252 Items=1000"))
        .contains(new LogMarks.Found("AFTER_BATCH_1000", OptionalLong.of(1000)));
    assertThat(find("[MEMSTATS:START] Alloc=2MB")).contains(new LogMarks.Found("START", OptionalLong.empty()));
  }

  @Test
  void namedGroupsTellLabelAndItems() {
    assertThat(find("12:00 loaded 500 rows of orders")).contains(new LogMarks.Found("orders", OptionalLong.of(500)));
  }

  @Test
  void theFirstGroupOrTheWholeMatchIsTheLabel() {
    assertThat(find("phase: warm-up")).contains(new LogMarks.Found("warm-up", OptionalLong.empty()));
    assertThat(find("INFO server started in 3 s")).contains(new LogMarks.Found("server started", OptionalLong.empty()));
  }

  @Test
  void anythingElseIsNone() {
    assertThat(find("nothing here")).isEmpty();
    assertThat(find("[MEMSTATS:] Alloc=1MB")).isEmpty();
    assertThat(find("x".repeat(100_000))).isEmpty();
  }
}
