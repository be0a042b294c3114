package io.tare.history.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.history.live.MarkSource.LogMarks;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Marks in the lines of a log. */
class LogMarksTest {
  private final LogMarks marks = new LogMarks(List.of(Pattern.compile("loaded (?<items>\\d+) rows of (?<label>\\w+)"),
      Pattern.compile("^phase: (.*)$"), Pattern.compile("server started")));

  private Optional<LogMarks.Found> find(String line) {
    return marks.find(line);
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
